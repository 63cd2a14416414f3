import { Construct } from "constructs";
import type { NetworkReference } from "../swarm/network-reference";
import type { SwarmService } from "../swarm/swarm-service";
import { LayerStack } from "../terraform/layer-stack";
import type { EntryPointName } from "./entry-points";
import { routerLabels, serverLabels } from "./router-labels";

export interface LoopbackRouteProps {
  /** The service that answers. */
  readonly service: SwarmService;
  /** The port at which its containers answer. */
  readonly port: number;
  /** The entry point, which is the service's alone and lets only the machine itself in. */
  readonly entryPoint: Extract<EntryPointName, "vault">;
  /** The network that Traefik shares with it. */
  readonly network: NetworkReference;
}

/**
 * A way for tools on the machine itself to a service, whatever host they name.
 */
export class LoopbackRoute extends Construct {
  constructor(scope: Construct, id: string, { service, port, entryPoint, network }: LoopbackRouteProps) {
    super(scope, id);
    const name = `${LayerStack.of(this).environment.prefix}-${entryPoint}-loopback`;
    service.addLabels({
      ...serverLabels(name, port, network.name),
      ...routerLabels({
        router: name,
        rule: "PathPrefix(`/`)",
        entryPoints: [entryPoint],
        service: name,
        middlewares: [],
      }),
    });
  }
}
