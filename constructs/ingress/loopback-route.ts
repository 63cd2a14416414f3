import { Construct } from "constructs";
import type { NetworkReference } from "../swarm/network-reference";
import type { SwarmService } from "../swarm/swarm-service";
import { trustNetworkName } from "../swarm/trust-networks";
import { LayerStack } from "../terraform/layer-stack";
import { validate } from "../terraform/validation";
import type { EntryPointName } from "./entry-points";
import { INGRESS_NETWORKS, isOn, portRule } from "./route-rules";
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
  private readonly router: string;

  /**
   * @throws FaultsError for an entry point that another route has, or a service that Traefik could
   * not reach
   */
  constructor(scope: Construct, id: string, { service, port, entryPoint, network }: LoopbackRouteProps) {
    super(scope, id);
    const { prefix } = LayerStack.of(this).environment;
    const ingress = INGRESS_NETWORKS.map((name) => trustNetworkName(prefix, name));
    this.router = `${prefix}-${entryPoint}_loopback`;
    const twin = this.node.root.node
      .findAll()
      .find((other) => other instanceof LoopbackRoute && other !== this && other.router === this.router);
    validate(this, [
      {
        where: "entryPoint",
        broken: twin !== undefined,
        message: `${entryPoint} leads to ${twin?.node.path} already, and to one service alone; remove one of the two`,
      },
      portRule(port),
      {
        where: "service",
        broken: !isOn(service, network.name),
        message: `${service.node.path} is not on ${network.name}; join it there`,
      },
      {
        where: "network",
        broken: !ingress.includes(network.name),
        message: `got ${network.name}; Traefik reaches services by ${ingress.join(" and ")} alone`,
      },
    ]);
    service.addLabels({
      ...serverLabels(this.router, port, network.name),
      ...routerLabels({
        router: this.router,
        rule: "PathPrefix(`/`)",
        entryPoints: [entryPoint],
        service: this.router,
        middlewares: [],
      }),
    });
  }
}
