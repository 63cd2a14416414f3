import Docker from "dockerode";
import { rejectFaults } from "../../config/faults";
import { sshOptionsOf } from "../../config/known-hosts";
import type { Environment } from "../../config/schema";
import { dockerOverSsh } from "../ssh/docker-over-ssh";

/** What to do where Docker does not answer. */
export const WHERE_DOCKER_IS = "start Docker, or name another engine in DOCKER_HOST";

/** What Docker says of its Swarm; its types leave that out. */
export interface SwarmInfo {
  readonly Swarm?: { readonly LocalNodeState?: string; readonly ControlAvailable?: boolean };
}

const OVER_SSH = /^ssh:\/\//;

/** The Docker engine at this machine's socket, or where DOCKER_HOST says; by SSH only a host with an accepted key. */
export function dockerEngine(environment: Pick<Environment, "name">): Docker {
  const host = process.env.DOCKER_HOST ?? "";
  if (!OVER_SSH.test(host)) {
    return new Docker();
  }
  const { hostname: address, username, port } = new URL(host);
  return dockerOverSsh({ address, user: username || undefined, port: port || undefined }, sshOptionsOf(environment));
}

/**
 * The Docker engine of {@link dockerEngine}, once it answered as a manager of a Swarm.
 *
 * @throws FaultsError when it does not
 */
export async function managerEngine(environment: Pick<Environment, "name">): Promise<Docker> {
  const engine = dockerEngine(environment);
  const problem = await engine.info().then(problemOf, ({ message }: Error) => `${message}; ${WHERE_DOCKER_IS}`);
  rejectFaults(
    "Docker",
    problem === undefined ? [] : [{ where: process.env.DOCKER_HOST ?? "this machine", message: problem }],
  );
  return engine;
}

/** What time it is by an engine's clock. */
export async function timeOf(engine: Docker): Promise<Date> {
  return new Date(((await engine.info()) as { readonly SystemTime: string }).SystemTime);
}

/** Whether an engine may be told what its Swarm is to run. */
export function isManager({ Swarm }: SwarmInfo): boolean {
  return Swarm?.ControlAvailable === true;
}

function problemOf(info: SwarmInfo): string | undefined {
  return isManager(info) ? undefined : "it is no manager of a Swarm; `docker swarm init` makes it one";
}
