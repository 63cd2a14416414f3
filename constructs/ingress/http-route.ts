import { Construct, type IConstruct } from "constructs";
import { APEX, hostName } from "../../config/hosts";
import type { Environment } from "../../config/schema";
import type { SwarmService } from "../swarm/swarm-service";
import { LayerStack } from "../terraform/layer-stack";
import { validate } from "../terraform/validation";
import { outsideEntryPoint } from "./entry-points";
import { OPERATORS_MIDDLEWARE } from "./middlewares";
import { routerLabels, serverLabels } from "./router-labels";

/** Who may enter: anybody, or operators who have signed in. */
export type Audience = "public" | "operators";

export interface HttpRouteProps {
  /** The service that answers. */
  readonly service: SwarmService;
  /** The part of the host before the environment's domain, or `@` for the domain itself. */
  readonly label: string;
  /** The port at which the service's containers answer. */
  readonly port: number;
  readonly audience: Audience;
  /**
   * The Traefik service that answers in place of the containers.
   *
   * @default - the service's containers
   */
  readonly backend?: "api@internal";
}

/** The network by which Traefik reaches what an audience may see; by its name below the prefix. */
const NETWORK_OF: Readonly<Record<Audience, string>> = {
  public: "ingress-public",
  operators: "ingress-operators",
};

/**
 * A public host that leads to a service: `api.localhost` on a laptop, `api.sprocket.example.org`
 * in production.
 */
export class HttpRoute extends Construct {
  readonly host: string;
  readonly audience: Audience;
  private readonly environment: Environment;

  /**
   * @throws FaultsError for a label that is no host name, a host that another route has, or a
   * service that Traefik could not reach
   */
  constructor(scope: Construct, id: string, props: HttpRouteProps) {
    super(scope, id);
    const { service, label, port, audience, backend } = props;
    this.environment = LayerStack.of(this).environment;
    this.host = hostName(this.environment, label);
    this.audience = audience;
    const network = `${this.environment.prefix}-${NETWORK_OF[audience]}`;
    const twin = HttpRoute.all(this).find((route) => route !== this && route.host === this.host);
    validate(this, [
      {
        where: "label",
        broken: label !== APEX && !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label),
        message: `got "${label}"; write lower-case letters, digits and hyphens, or "${APEX}" for the domain itself`,
      },
      {
        where: "label",
        broken: twin !== undefined,
        message: `${this.host} leads to ${twin?.node.path} already; write another label`,
      },
      {
        where: "port",
        broken: !Number.isInteger(port) || port < 1 || port > 65535,
        message: `got ${port}; write the port at which the containers answer`,
      },
      {
        where: "service",
        broken: !service.networks.some(({ name }) => name === network),
        message: `${service.node.path} is not on ${network}, by which Traefik reaches what is for ${audience}; join it there`,
      },
    ]);
    this.label(props, network, backend);
  }

  /** Every route of the environment that a construct belongs to, in whichever layer. */
  static all(construct: IConstruct): readonly HttpRoute[] {
    const { environment } = LayerStack.of(construct);
    return construct.node.root.node
      .findAll()
      .filter((candidate) => candidate instanceof HttpRoute)
      .filter((route) => route.environment?.name === environment.name);
  }

  private label({ service, label, port }: HttpRouteProps, network: string, backend: string | undefined): void {
    const { prefix, signIn } = this.environment;
    const router = `${prefix}-${label === APEX ? "apex" : label}`;
    const outside = {
      router,
      rule: `Host(\`${this.host}\`)`,
      entryPoints: [outsideEntryPoint(this.environment)],
      service: backend ?? router,
      middlewares: this.audience === "operators" && signIn.kind !== "none" ? [OPERATORS_MIDDLEWARE] : [],
    };
    service.addLabels({
      ...serverLabels(router, port, network),
      ...routerLabels(outside),
      // Containers need no operators' tools, and could not sign in.
      ...(this.audience === "public"
        ? routerLabels({ ...outside, router: `${router}-inside`, entryPoints: ["inside"] })
        : {}),
    });
  }
}
