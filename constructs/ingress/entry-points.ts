import { isEncrypted } from "../../config/hosts";
import type { Environment } from "../../config/schema";
import type { PublishedPort } from "../swarm/swarm-service-props";

/**
 * The doors of Traefik.
 *
 * - `web`: plain HTTP from outside; sends on to `websecure` where there is TLS
 * - `websecure`: HTTPS, from outside and from inside alike
 * - `inside`: plain HTTP from containers that call a public host by its name; never published
 * - `vault`: Vault's API for tools, from the machine itself
 * - `internal`: Traefik's own health and metrics; never published
 */
export type EntryPointName = "web" | "websecure" | "inside" | "vault" | "internal";

/** Container ports that no environment may publish, because they are Traefik's own inside. */
export const WEB_TARGET_PORT = 8100;
export const INTERNAL_PORT = 8101;

/** The container port of each entry point that an environment has. */
export function entryPointPorts(environment: Environment): Readonly<Partial<Record<EntryPointName, number>>> {
  const { http, https, vault } = environment.ports;
  return {
    web: WEB_TARGET_PORT,
    ...(isEncrypted(environment) ? { websecure: https } : {}),
    // The published ports, so that a public URL means the same in a container as in a browser.
    inside: http,
    vault,
    internal: INTERNAL_PORT,
  };
}

/** What the node publishes. */
export function publishedPortsOf(environment: Environment): readonly PublishedPort[] {
  const { http, https, vault } = environment.ports;
  return [
    { published: http, target: WEB_TARGET_PORT },
    ...(isEncrypted(environment) ? [{ published: https, target: https }] : []),
    { published: vault, target: vault },
  ].sort((a, b) => a.published - b.published);
}

/** The entry points by which people reach a route from outside. */
export function outsideEntryPoint(environment: Environment): EntryPointName {
  return isEncrypted(environment) ? "websecure" : "web";
}
