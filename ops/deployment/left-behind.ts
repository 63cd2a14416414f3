import type Docker from "dockerode";
import { idOf, objectsOf, remove } from "../swarm/objects";
import type { Workspace } from "../terraform/workspace";
import { swarmIdsOf } from "./swarm-ids";

/** A deploy that was cut off. */
export interface CutOff {
  /** When it began, by Docker's clock: what is older is not the deploy's. */
  readonly since: Date;
  /** How the names begin of what it began to make and did not end. */
  readonly names: readonly string[];
}

/**
 * Removes what a deploy made that was cut off before Terraform could write it down. Terraform would make it again, and
 * find its name taken. Volumes stay.
 *
 * @param prefix begins the names of everything of the environment
 * @param workspaces every layer whose state may know of it
 * @returns the names of what was removed
 * @throws Error when a state cannot be read, or something cannot be removed
 */
export async function removeLeftBehind(
  docker: Docker,
  prefix: string,
  { since, names }: CutOff,
  workspaces: readonly Workspace[],
): Promise<readonly string[]> {
  const candidates = (await objectsOf(docker, prefix)).filter(
    ({ created, name }) => created >= since && names.some((begin) => name === begin || name.startsWith(`${begin}-`)),
  );
  const known = candidates.length > 0 ? (await Promise.all(workspaces.map(idsIn))).flat() : [];
  const leftBehind = candidates.filter((object) => !known.includes(idOf(object)));
  for (const { handle } of leftBehind) {
    await remove(handle);
  }
  return leftBehind.map(({ name }) => name);
}

async function idsIn(workspace: Workspace): Promise<readonly string[]> {
  return (await workspace.resources()).flatMap(swarmIdsOf);
}
