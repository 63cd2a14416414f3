import { setTimeout as sleep } from "node:timers/promises";
import type Docker from "dockerode";
import { ENVIRONMENT_LABEL } from "../../constructs/swarm/swarm-service";

/** How long a network or volume may still be used by the containers of a service that was removed. */
const LONGEST_SECONDS = 60;
const PAUSE_SECONDS = 1;
const GONE = 404;

/** What Terraform makes in a Swarm. */
export const SWARM_KINDS = ["service", "secret", "config", "network"] as const;

/** Something of an environment's in the Swarm that Terraform makes. */
export interface SwarmObject {
  readonly kind: (typeof SWARM_KINDS)[number];
  readonly name: string;
  readonly created: Date;
  readonly handle: Removable;
}

interface Removable {
  remove(): Promise<unknown>;
}

/**
 * What an environment has in the Swarm, in the order in which it can be removed.
 *
 * @param prefix begins the names of everything of the environment
 */
export async function objectsOf(docker: Docker, prefix: string): Promise<readonly SwarmObject[]> {
  const [services, secrets, configs, networks] = await Promise.all([
    docker.listServices({ filters: { label: [`${ENVIRONMENT_LABEL}=${prefix}`] } }),
    docker.listSecrets(),
    docker.listConfigs(),
    docker.listNetworks(),
  ]);
  const objects = [
    ...services.map((it) => objectOf("service", it.Spec?.Name, it.CreatedAt, docker.getService(it.ID))),
    ...secrets.map((it) => objectOf("secret", it.Spec?.Name, it.CreatedAt, docker.getSecret(it.ID))),
    ...configs.map((it) => objectOf("config", it.Spec?.Name, it.CreatedAt, docker.getConfig(it.ID))),
    ...networks.map((it) => objectOf("network", it.Name, it.Created, docker.getNetwork(it.Id))),
  ];
  return objects.filter(({ name }) => name.startsWith(`${prefix}-`));
}

/** What tells something from everything else in the Swarm: names are of one kind. */
export function idOf({ kind, name }: Pick<SwarmObject, "kind" | "name">): string {
  return `${kind} ${name}`;
}

/** The names of an environment's volumes on the engine's machine. */
export async function volumesOf(docker: Docker, prefix: string): Promise<readonly string[]> {
  const { Volumes } = await docker.listVolumes();
  return Volumes.map(({ Name }) => Name).filter((name) => name.startsWith(`${prefix}-`));
}

/**
 * Removes something, once nothing uses it any more. It may be gone already.
 *
 * @param signal ends the waiting
 * @throws Error when it is still used after a minute
 */
export async function remove(handle: Removable, signal?: AbortSignal): Promise<void> {
  const until = performance.now() + LONGEST_SECONDS * 1000;
  for (;;) {
    try {
      await handle.remove();
      return;
    } catch (error) {
      if ((error as { readonly statusCode?: number }).statusCode === GONE) {
        return;
      }
      if (performance.now() > until) {
        throw error;
      }
      await sleep(PAUSE_SECONDS * 1000, undefined, { signal });
    }
  }
}

function objectOf(
  kind: SwarmObject["kind"],
  name: string | undefined,
  created: string | undefined,
  handle: Removable,
): SwarmObject {
  return { kind, name: name ?? "", created: new Date(created ?? 0), handle };
}
