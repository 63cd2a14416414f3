import { isEncrypted } from "../../config/hosts";
import { RESERVED_PORTS } from "../../config/reserved-ports";
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

/** Where Traefik answers about itself. */
export const INTERNAL_PORT = RESERVED_PORTS.internal;

/** The container port of each entry point that an environment has. */
export function entryPointPorts(environment: Environment): Readonly<Partial<Record<EntryPointName, number>>> {
  const { http, https, vault } = environment.ports;
  return {
    web: RESERVED_PORTS.web,
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
    { published: http, target: RESERVED_PORTS.web },
    ...(isEncrypted(environment) ? [{ published: https, target: https }] : []),
    { published: vault, target: vault },
  ].sort((a, b) => a.published - b.published);
}

/** The entry points by which people reach a route from outside. */
export function outsideEntryPoint(environment: Environment): EntryPointName {
  return isEncrypted(environment) ? "websecure" : "web";
}
