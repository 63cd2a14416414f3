import { idOf, SWARM_KINDS } from "../swarm/objects";
import type { StateResource } from "../terraform/workspace";

/** What a resource of Terraform's is in the Swarm, as {@link idOf} has it; nothing where it is not in it. */
export function swarmIdsOf({ mode, type, instances }: StateResource): readonly string[] {
  const kind = SWARM_KINDS.find((each) => mode === "managed" && type === `docker_${each}`);
  return kind === undefined ? [] : instances.map(({ attributes }) => idOf({ kind, name: String(attributes.name) }));
}
