import type { SwarmService } from "../swarm/swarm-service";
import type { TrustBoundaryName } from "../swarm/trust-networks";
import type { Rule } from "../terraform/validation";

/** The networks by which Traefik reaches services. */
export const INGRESS_NETWORKS = ["ingressPublic", "ingressOperators"] as const satisfies readonly TrustBoundaryName[];

/** What must hold of whatever leads to a service's containers. */
export function portRule(port: number): Rule {
  return {
    where: "port",
    broken: !Number.isInteger(port) || port < 1 || port > 65535,
    message: `got ${port}; write the port at which the containers answer`,
  };
}

/** Whether a service is on a network, by its name. */
export function isOn(service: SwarmService, network: string): boolean {
  return service.networks.some(({ name }) => name === network);
}
