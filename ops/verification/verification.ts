import { setTimeout as sleep } from "node:timers/promises";
import type Docker from "dockerode";
import type { Declaration } from "../declaration/declaration";
import { lastLines } from "../swarm/logs";
import { observe } from "../swarm/observation";
import { fileFindings } from "./files";
import type { Finding } from "./finding";
import { routeFindings } from "./routes";
import { type ServiceFinding, serviceFindings } from "./services";

const PAUSE_SECONDS = 2;
const LOG_LINES = 10;
const LONGEST_LINE = 200;

/**
 * Compares what runs with what is declared, again and again as long as something is on its way.
 *
 * @param seconds how long to wait for that
 * @param show is told what was found each time
 */
export async function settledFindings(
  declaration: Declaration,
  engine: Docker,
  seconds: number,
  { signal, show }: { readonly signal?: AbortSignal; readonly show?: (findings: readonly Finding[]) => void } = {},
): Promise<readonly Finding[]> {
  const until = performance.now() + seconds * 1000;
  for (;;) {
    const { findings, isOnItsWay } = await look(declaration, engine);
    show?.(findings);
    if (performance.now() >= until || !isOnItsWay) {
      return findings;
    }
    await sleep(PAUSE_SECONDS * 1000, undefined, { signal });
  }
}

async function look(
  declaration: Declaration,
  engine: Docker,
): Promise<{ readonly findings: readonly Finding[]; readonly isOnItsWay: boolean }> {
  const { environment } = declaration;
  const [{ services, files }, routes] = await Promise.all([
    observe(engine, environment.prefix),
    routeFindings(environment, declaration.routes),
  ]);
  const found = serviceFindings(declaration.services, services, new Date());
  const explained = await Promise.all(found.map((it) => withLog(engine, it)));
  return {
    findings: [...explained, ...routes, ...fileFindings(services, files)],
    // Traefik learns of a container, and an authority signs, a while after all containers run.
    isOnItsWay: found.some(({ state }) => state === "waiting") || routes.some(({ state }) => state === "failed"),
  };
}

async function withLog(engine: Docker, { isInLog, ...finding }: ServiceFinding): Promise<Finding> {
  const log = isInLog ? await lastLines(engine, finding.subject, LOG_LINES) : [];
  return log.length > 0 ? { ...finding, log: log.map((line) => line.slice(0, LONGEST_LINE)) } : finding;
}

/** What is not as declared. */
export function unwell(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ state }) => state === "failed" || state === "waiting");
}
