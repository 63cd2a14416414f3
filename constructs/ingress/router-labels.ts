import type { EntryPointName } from "./entry-points";

/** A router of Traefik, as labels on a service describe it. */
export interface RouterProps {
  /** Its name, unique among all of the Swarm's. */
  readonly router: string;
  /** Which requests it takes, in Traefik's language. */
  readonly rule: string;
  readonly entryPoints: readonly EntryPointName[];
  /** Traefik's service that answers. */
  readonly service: string;
  /** Middlewares, by name with provider. */
  readonly middlewares: readonly string[];
}

/** The labels of a router. */
export function routerLabels({ router, rule, entryPoints, service, middlewares }: RouterProps): Record<string, string> {
  const key = `traefik.http.routers.${router}`;
  return {
    [`${key}.rule`]: rule,
    [`${key}.entrypoints`]: entryPoints.join(","),
    [`${key}.service`]: service,
    ...(middlewares.length > 0 ? { [`${key}.middlewares`]: middlewares.join(",") } : {}),
  };
}

/**
 * The labels of a Traefik service: where its containers answer.
 *
 * @param network the name of the network that Traefik shares with them
 */
export function serverLabels(service: string, port: number, network: string): Record<string, string> {
  return {
    "traefik.enable": "true",
    "traefik.swarm.network": network,
    [`traefik.http.services.${service}.loadbalancer.server.port`]: String(port),
  };
}
