import type { Environment } from "../../config/schema";
import type { Audience } from "../ingress/http-route";
import type { NetworkReference } from "../swarm/network-reference";
import { TRUST_BOUNDARIES, type TrustBoundaryName, type TrustNetworkReferences } from "../swarm/trust-networks";

/** Whom an application calls. */
export type Need = "postgres" | "redis" | "rabbitmq" | "influxdb" | "objectStorage" | "internet";

const INGRESS_OF: Readonly<Record<Audience, TrustBoundaryName>> = {
  public: "ingressPublic",
  operators: "ingressOperators",
};

/**
 * The networks that an application joins: that by which Traefik reaches it, and those of whom it calls.
 *
 * @param audience who may enter by its route; undefined for one without a route
 */
export function networksFor(
  needs: readonly Need[],
  audience: Audience | undefined,
  { platform }: Environment,
  networks: TrustNetworkReferences,
): readonly NetworkReference[] {
  const ingress = audience && INGRESS_OF[audience];
  const own = needs.filter((need) => need !== "objectStorage" && need !== "internet");
  const storageIsOutside = platform === "cloud";
  const storage = needs.includes("objectStorage");
  const joined = new Set<TrustBoundaryName>([
    ...(ingress === undefined ? [] : [ingress]),
    // Where the S3 server is one of our own, it is reached through Traefik, as browsers reach it.
    ...(storage && !storageIsOutside ? [ingress ?? "ingressPublic"] : []),
    ...own,
  ]);
  const callsOutside = needs.includes("internet") || (storage && storageIsOutside);
  if (callsOutside && [...joined].every((name) => TRUST_BOUNDARIES[name].internal)) {
    joined.add("egress");
  }
  return [...joined].map((name) => networks[name]);
}
