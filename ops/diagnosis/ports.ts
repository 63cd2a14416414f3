import { connect, createServer } from "node:net";
import type { Environment } from "../../config/schema";
import { SERVICE_NAME_LABEL } from "../../constructs/swarm/swarm-service";
import type { DeclaredService } from "../declaration/declaration";
import { made } from "./check";
import type { Engine } from "./engine";
import type { Finding } from "./finding";

const EVERYWHERE = "0.0.0.0";
const LOOPBACK = "127.0.0.1";

/** Who publishes a port by way of Docker. */
export interface Publisher {
  readonly port: number;
  readonly kind: "service" | "container";
  readonly name: string;
}

/**
 * Asks whether every port that the services will publish is free here.
 *
 * @param engine Docker, which knows who took one
 */
export async function portFindings(
  environment: Environment,
  services: readonly Pick<DeclaredService, "name" | "publishedPorts">[],
  engine: Promise<Pick<Engine, "docker">>,
): Promise<readonly Finding[]> {
  const publishers = engine.then(({ docker }) => publishersOf(docker)).catch(() => undefined);
  const findings = services.flatMap(({ name, publishedPorts }) =>
    publishedPorts.map((port) =>
      made({
        subject: subjectOf(port),
        ask: async () => [
          portFinding(environment, { port, service: name }, (await isTaken(port)) ? await publishers : "free"),
        ],
      }),
    ),
  );
  return (await Promise.all(findings)).flat();
}

/**
 * Whether a service may publish a port.
 *
 * @param found who publishes which ports, undefined where Docker did not say; `free` where nobody has this one
 */
export function portFinding(
  { name: environment }: Pick<Environment, "name">,
  { port, service }: { readonly port: number; readonly service: string },
  found: readonly Publisher[] | undefined | "free",
): Finding {
  const subject = subjectOf(port);
  if (found === "free") {
    return { subject, state: "ok", message: "is free" };
  }
  if (found === undefined) {
    return { subject, state: "unknown", message: "is taken; could not ask Docker by whom" };
  }
  const others = found.filter((publisher) => publisher.port === port);
  if (others.some(({ kind, name }) => kind === "service" && name === service)) {
    return { subject, state: "ok", message: `is published by ${service}` };
  }
  const [other] = others;
  const instead = `change ports in config/environments/${environment}.ts`;
  return other === undefined
    ? {
        subject,
        state: "failed",
        message: "is taken by a program outside Docker",
        remedy: `end the program, which sudo lsof -nP -iTCP:${port} -sTCP:LISTEN names; or ${instead}`,
      }
    : {
        subject,
        state: "failed",
        message: `is taken by the ${other.kind} ${other.name}`,
        remedy: `docker ${other.kind === "service" ? "service rm" : "stop"} ${other.name}, or ${instead}`,
      };
}

/** Who publishes which ports by way of Docker. */
export async function publishersOf(docker: Engine["docker"]): Promise<readonly Publisher[]> {
  const [containers, services] = await Promise.all([docker.listContainers(), docker.listServices()]);
  return [
    ...containers.flatMap(({ Names, Labels, Ports }) =>
      (Ports ?? []).map(({ PublicPort }) => publisherOf(PublicPort, Labels?.[SERVICE_NAME_LABEL], Names[0] ?? "")),
    ),
    ...services.flatMap(({ Spec, Endpoint }) =>
      (Endpoint?.Ports ?? []).map(({ PublishedPort }) => publisherOf(PublishedPort, Spec?.Name, "")),
    ),
  ];
}

function publisherOf(port: number | undefined, service: string | undefined, container: string): Publisher {
  return service === undefined
    ? { port: port ?? 0, kind: "container", name: container.replace(/^\//, "") }
    : { port: port ?? 0, kind: "service", name: service };
}

/**
 * Whether somebody listens on a port here.
 *
 * @throws Error when that cannot be found out
 */
export async function isTaken(port: number): Promise<boolean> {
  const problem = await listening(port);
  switch (problem) {
    case undefined:
      return false;
    case "EADDRINUSE":
      return true;
    case "EACCES":
      // Only root may listen on a low port; everybody may find out that somebody does.
      return answers(port);
    default:
      throw new Error(problem);
  }
}

/** Listens on a port and stops at once, or says in the system's word why that is not possible. */
function listening(port: number): Promise<string | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.on("error", ({ code }: NodeJS.ErrnoException) => done(code ?? "an error without a code"));
    server.listen({ port, host: EVERYWHERE, exclusive: true }, () => server.close(() => done(undefined)));
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, LOOPBACK);
    const end = (answered: boolean) => {
      socket.destroy();
      done(answered);
    };
    socket.on("connect", () => end(true)).on("error", () => end(false));
  });
}

function subjectOf(port: number): string {
  return `port ${port}`;
}
