import type { EnvironmentWork } from "../../ops/deployment/environment-work";
import type { StateResource, Workspace } from "../../ops/terraform/workspace";
import type { Swarm } from "./swarm";

/** A layer of which Terraform knows these resources, by type and name in the Swarm. */
export function workspaceWith(...known: readonly (readonly [string, string])[]): Workspace {
  const resources = known.map(
    ([type, name]): StateResource => ({ mode: "managed", type, name: "it", instances: [{ attributes: { name } }] }),
  );
  return { name: "local-platform", resources: async () => resources } as unknown as Workspace;
}

/** The environment `local` in a Swarm, with one layer. */
export function workIn({ docker }: Swarm, workspace = workspaceWith()): EnvironmentWork {
  const environment = { name: "local", prefix: "sprocket-local" };
  return { docker, environment, layersInSwarm: [{ workspace }], layers: [{ workspace }] } as unknown as EnvironmentWork;
}
