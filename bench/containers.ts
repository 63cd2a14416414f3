import type Docker from "dockerode";
import { SERVICE_NAME_LABEL } from "../constructs/swarm/swarm-service";
import { type ObservedService, runningTasks } from "../ops/swarm/observation";

const GATEWAY_BRIDGE = "docker_gwbridge";
/** How much of the id of a container's network sandbox is in the name of its endpoint. */
const NAMED_LENGTH = 12;

/**
 * The addresses at which the machine itself reaches a service's containers, past Swarm's own networks. The bridge lets
 * no container reach another, but the machine reaches each.
 *
 * @returns none where the bridge is not there, and one too few for each container on another machine
 */
export async function addressesOf(docker: Docker, service: string): Promise<readonly string[]> {
  const filters = { label: [`${SERVICE_NAME_LABEL}=${service}`], status: ["running"] };
  const [containers, bridge] = await Promise.all([
    docker.listContainers({ filters }),
    docker
      .getNetwork(GATEWAY_BRIDGE)
      .inspect()
      .catch(() => undefined),
  ]);
  const endpoints: readonly Endpoint[] = Object.values(bridge?.Containers ?? {});
  const inspected = await Promise.all(containers.map(({ Id }) => docker.getContainer(Id).inspect()));
  return inspected.flatMap(({ NetworkSettings }) => {
    const name = `gateway_${NetworkSettings.SandboxID.slice(0, NAMED_LENGTH)}`;
    const endpoint = endpoints.find(({ Name }) => Name === name);
    return endpoint?.IPv4Address.split("/")[0] ?? [];
  });
}

interface Endpoint {
  readonly Name: string;
  /** With the length of the network's prefix. */
  readonly IPv4Address: string;
}

/** What became of containers of some services since a time, each as a sentence: a load may be more than they bear. */
export function endsSince(services: readonly ObservedService[], since: Date): readonly string[] {
  return services.flatMap(({ name, tasks }) =>
    tasks
      .filter(({ state, error, since: when }) => when >= since && (state === "failed" || error !== ""))
      .map(({ state, error }) => `a container of ${name} ended: ${error || state}`),
  );
}

/** How many containers of a service run. */
export function runningOf(services: readonly ObservedService[], name: string): number {
  const service = services.find((each) => each.name === name);
  return service === undefined ? 0 : runningTasks(service).length;
}
