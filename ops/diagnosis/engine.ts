import type Docker from "dockerode";
import type { Environment } from "../../config/schema";
import { dockerEngine, isManager, type SwarmInfo, WHERE_DOCKER_IS } from "../swarm/engine";
import { reasonOf, within } from "./check";
import type { Finding } from "./finding";
import { inWords, isWithin } from "./versions";

const VERSIONS = ">=20.10";
/** Less than a check may take, so that no answer of Docker's is a failure and not an unknown. */
const LONGEST_SECONDS = 8;

/** What an engine says of itself. */
export interface EngineFacts {
  readonly version: string;
  readonly architecture: string;
  /** How its node is in a Swarm, in Docker's words: `active`, `inactive`, … */
  readonly swarm: string;
  readonly isManager: boolean;
  readonly memoryBytes: number;
  /** Where it keeps its data, on its own machine. */
  readonly dataFolder: string;
  /** How many seconds its clock is ahead of this machine's. */
  readonly aheadSeconds: number;
}

/** An engine that answered, and can be asked more. */
export interface Engine extends EngineFacts {
  readonly docker: Docker;
}

/** What is used of `docker info`. */
export interface EngineInfo extends SwarmInfo {
  readonly ServerVersion?: string;
  readonly Architecture?: string;
  readonly MemTotal?: number;
  readonly DockerRootDir?: string;
  readonly SystemTime?: string;
}

/**
 * Asks the engine that the docker command would talk to about itself.
 *
 * @throws Error when it does not answer
 */
export async function askEngine(environment: Pick<Environment, "name">): Promise<Engine> {
  const docker = dockerEngine(environment);
  const asked = Date.now();
  const info: EngineInfo = await within(LONGEST_SECONDS, docker.info());
  return { docker, ...factsOf(info, (asked + Date.now()) / 2) };
}

/**
 * What an engine's answer says.
 *
 * @param now this machine's time when the engine answered, in milliseconds
 */
export function factsOf(info: EngineInfo, now: number): EngineFacts {
  return {
    version: info.ServerVersion ?? "",
    architecture: info.Architecture ?? "",
    swarm: info.Swarm?.LocalNodeState ?? "inactive",
    isManager: isManager(info),
    memoryBytes: info.MemTotal ?? Number.NaN,
    dataFolder: info.DockerRootDir ?? "",
    aheadSeconds: (Date.parse(info.SystemTime ?? "") - now) / 1000,
  };
}

/**
 * Whether Docker answers, is new enough, and is a manager of a Swarm.
 *
 * @param address where Docker was looked for
 */
export async function engineFindings(
  engine: Promise<EngineFacts>,
  address = process.env.DOCKER_HOST ?? "this machine",
): Promise<readonly Finding[]> {
  return engine.then(
    (facts) => [versionFinding(facts), swarmFinding(facts)],
    (error: unknown) => [
      {
        subject: "Docker",
        state: "failed",
        message: `does not answer at ${address}: ${reasonOf(error)}`,
        remedy: WHERE_DOCKER_IS,
      },
    ],
  );
}

/** Whether this machine is the engine's: it is reached by a socket of this machine's, not over a network. */
export function isOfThisMachine(dockerHost: string | undefined): boolean {
  return !dockerHost || /^(unix|npipe):\/\//.test(dockerHost);
}

function versionFinding({ version, architecture }: EngineFacts): Finding {
  const subject = "Docker";
  return isWithin(version, VERSIONS)
    ? { subject, state: "ok", message: `${version} on ${architecture}` }
    : { subject, state: "failed", message: `${version} is too old`, remedy: `install Docker ${inWords(VERSIONS)}` };
}

function swarmFinding({ swarm, isManager: manages }: EngineFacts): Finding {
  const subject = "Swarm";
  if (manages) {
    return { subject, state: "ok", message: "Docker is a manager of a Swarm" };
  }
  return swarm === "active"
    ? {
        subject,
        state: "failed",
        message: "Docker is only a worker of its Swarm",
        remedy: "name a manager's engine in DOCKER_HOST",
      }
    : { subject, state: "failed", message: `Docker's Swarm is ${swarm}`, remedy: "docker swarm init" };
}

/** Whether the Swarm has a service of this name. */
export async function isInSwarm(docker: Engine["docker"], service: string): Promise<boolean> {
  return (await docker.listServices()).some(({ Spec }) => Spec?.Name === service);
}
