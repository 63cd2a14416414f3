import Docker from "dockerode";
import { rejectFaults } from "../../config/faults";

/** What to do where Docker does not answer. */
export const WHERE_DOCKER_IS = "start Docker, or name another engine in DOCKER_HOST";

/** What Docker says of its Swarm; its types leave that out. */
export interface SwarmInfo {
  readonly Swarm?: { readonly LocalNodeState?: string; readonly ControlAvailable?: boolean };
}

/**
 * The Docker engine at this machine's socket, or where DOCKER_HOST says, once it answered as a manager of a Swarm.
 *
 * @throws FaultsError when it does not
 */
export async function managerEngine(): Promise<Docker> {
  const engine = new Docker();
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
