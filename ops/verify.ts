import { setTimeout as sleep } from "node:timers/promises";
import { type Command, InvalidArgumentError } from "commander";
import type Docker from "dockerode";
import type { Environment } from "../config/schema";
import { Declaration } from "./declaration/declaration";
import { environmentArgument } from "./environment-argument";
import { report } from "./report";
import { managerEngine } from "./swarm/engine";
import { observe } from "./swarm/observation";
import { fileFindings } from "./verification/files";
import { type Finding, worst } from "./verification/finding";
import { routeFindings } from "./verification/routes";
import { serviceFindings } from "./verification/services";

const PAUSE_SECONDS = 2;
const EXAMPLES = `
Examples:
  npm run ops -- verify local
  npm run --silent ops -- verify local --json
  npm run ops -- verify local --wait 180

Docker is reached as the docker command reaches it: DOCKER_HOST may name another machine's.`;

interface Options {
  readonly json?: boolean;
  readonly wait: number;
  readonly watch?: boolean;
}

/** `ops verify`: whether what runs is what is declared, whatever the deploy said. */
export function addVerifyCommand(program: Command): void {
  program
    .command("verify")
    .description("Looks whether everything that is declared runs and answers, and nothing else does.")
    .addArgument(environmentArgument())
    .option("--json", "print the findings as JSON")
    .option("--wait <seconds>", "how long to wait for what is on its way", secondsOf, 0)
    .option("--watch", "look again and again, until interrupted")
    .addHelpText("after", EXAMPLES)
    .action(async (environment: Environment, { json = false, wait, watch = false }: Options) => {
      const declaration = Declaration.of(environment);
      const engine = await managerEngine();
      do {
        const findings = await settledFindings(declaration, engine, wait);
        console.log(json ? JSON.stringify(findings, null, 2) : report(findings, summaryOf(environment, findings)));
        process.exitCode = isWell(findings) ? 0 : 1;
      } while (watch && (await sleep(PAUSE_SECONDS * 1000, true)));
    });
}

async function settledFindings(declaration: Declaration, engine: Docker, seconds: number): Promise<readonly Finding[]> {
  const until = performance.now() + seconds * 1000;
  for (;;) {
    const findings = await findingsOf(declaration, engine);
    if (performance.now() >= until || !findings.some(({ state }) => state === "waiting")) {
      return findings;
    }
    await sleep(PAUSE_SECONDS * 1000);
  }
}

async function findingsOf(declaration: Declaration, engine: Docker): Promise<readonly Finding[]> {
  const { environment } = declaration;
  const [{ services, files }, routes] = await Promise.all([
    observe(engine, environment.prefix),
    routeFindings(environment, declaration.routes),
  ]);
  return [...serviceFindings(declaration.services, services, new Date()), ...routes, ...fileFindings(services, files)];
}

function isWell(findings: readonly Finding[]): boolean {
  return ["ok", "off"].includes(worst(findings.map(({ state }) => state)));
}

function summaryOf({ name }: Environment, findings: readonly Finding[]): string {
  const wrong = findings.filter(({ state }) => state === "failed" || state === "waiting");
  return isWell(findings)
    ? `${name} is as declared: ${findings.length} things looked at.`
    : `${name} is not as declared: ${wrong.length} of ${findings.length} things are not well.`;
}

function secondsOf(given: string): number {
  const seconds = Number(given);
  if (!(seconds >= 0)) {
    throw new InvalidArgumentError("Write a number of seconds.");
  }
  return seconds;
}
