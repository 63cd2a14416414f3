import { Construct, type IConstruct } from "constructs";
import { APEX, hostName } from "../../config/hosts";
import type { Environment } from "../../config/schema";
import type { SwarmService } from "../swarm/swarm-service";
import { type TrustBoundaryName, trustNetworkName } from "../swarm/trust-networks";
import { everyOf } from "../terraform/every";
import { LayerStack } from "../terraform/layer-stack";
import { validate } from "../terraform/validation";
import { outsideEntryPoint } from "./entry-points";
import { OPERATORS_MIDDLEWARE } from "./middlewares";
import { INGRESS_NETWORKS, isOn, portRule } from "./route-rules";
import { routerLabels, serverLabels } from "./router-labels";

/** Who may enter: anybody, or operators who have signed in. */
export type Audience = "public" | "operators";

/** A request by which anybody can find out whether a route leads to something that is well. */
export interface Probe {
  readonly path: string;
  /** The status of the answer; operators who have not signed in are sent to where they can. */
  readonly status: number;
}

const FIRST_PAGE: Probe = { path: "/", status: 200 };

export interface HttpRouteProps {
  /** The service that answers. */
  readonly service: SwarmService;
  /** The part of the host before the environment's domain, or `@` for the domain itself. */
  readonly label: string;
  /** The port at which the service's containers answer. */
  readonly port: number;
  readonly audience: Audience;
  /**
   * What it answers while all is well.
   *
   * @default - its first page, with 200
   */
  readonly probe?: Probe;
  /**
   * The Traefik service that answers in place of the containers.
   *
   * @default - the service's containers
   */
  readonly backend?: "api@internal";
  /**
   * Paths, as a regular expression, that the host does not lead to.
   *
   * @default - none
   */
  readonly closedPaths?: string;
}

/**
 * The networks by which Traefik reaches what an audience may see, the first that a service is on.
 * What is for operators stays out of the public services' reach, or they could go around the sign-in.
 */
const NETWORKS_OF: Readonly<Record<Audience, readonly TrustBoundaryName[]>> = {
  public: INGRESS_NETWORKS,
  operators: ["ingressOperators"],
};

/**
 * A public host that leads to a service: `api.localhost` on a laptop, `api.sprocket.example.org`
 * in production.
 */
export class HttpRoute extends Construct {
  readonly host: string;
  readonly audience: Audience;
  readonly probe: Probe;
  /** The port at which the service's containers answer. */
  readonly port: number;
  /** The service that answers. */
  readonly service: SwarmService;
  /** `host:port` at which services on its network ask it without Traefik; undefined where Traefik itself answers. */
  readonly direct: string | undefined;
  /** What Traefik calls what answers, in its metrics. */
  readonly traefikService: string;
  private readonly environment: Environment;
  private readonly network: string | undefined;

  /**
   * @throws FaultsError for a label that is no host name, a host that another route has, or a
   * service that Traefik could not reach
   */
  constructor(scope: Construct, id: string, props: HttpRouteProps) {
    super(scope, id);
    const { service, label, port, audience, closedPaths } = props;
    this.environment = LayerStack.of(this).environment;
    this.host = hostName(this.environment, label);
    this.audience = audience;
    this.probe = props.probe ?? FIRST_PAGE;
    this.port = port;
    this.direct = props.backend === undefined ? service.address(port) : undefined;
    this.traefikService = props.backend ?? `${this.router(label)}@swarm`;
    const candidates = NETWORKS_OF[audience].map((name) => trustNetworkName(this.environment.prefix, name));
    const network = candidates.find((candidate) => isOn(service, candidate));
    const others = HttpRoute.all(this).filter((route) => route !== this);
    const twin = others.find(({ host }) => host === this.host);
    const sibling = others.find((route) => route.service === service && route.network !== network);
    this.service = service;
    this.network = network;
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
      portRule(port),
      {
        where: "closedPaths",
        broken: closedPaths !== undefined && !/^[^`]+$/.test(closedPaths),
        message: `got "${closedPaths}"; write a regular expression of at least one character and without backticks`,
      },
      {
        where: "service",
        broken: network === undefined,
        message: `${service.node.path} is not on ${candidates.join(" or ")}, by which Traefik reaches what is for ${audience}; join it there`,
      },
      {
        where: "audience",
        broken: network !== undefined && sibling !== undefined,
        message: `Traefik reaches a service by one network, and ${sibling?.node.path} took ${sibling?.network}; give the service one ingress network`,
      },
    ]);
    this.label(props, network as string);
  }

  /** Every route of the environment that a construct belongs to, in whichever layer. */
  static all(construct: IConstruct): readonly HttpRoute[] {
    return everyOf(construct, HttpRoute);
  }

  /** No label holds an underscore, so that no two routes share a router. */
  private router(label: string): string {
    return `${this.environment.prefix}-${label === APEX ? "_apex" : label}`;
  }

  private label({ service, label, port, backend, closedPaths }: HttpRouteProps, network: string): void {
    const { signIn } = this.environment;
    const router = this.router(label);
    const outside = {
      router,
      rule: [`Host(\`${this.host}\`)`, ...(closedPaths === undefined ? [] : [`!PathRegexp(\`${closedPaths}\`)`])].join(
        " && ",
      ),
      entryPoints: [outsideEntryPoint(this.environment)],
      service: backend ?? router,
      middlewares: this.audience === "operators" && signIn.kind !== "none" ? [OPERATORS_MIDDLEWARE] : [],
    };
    service.addLabels({
      ...serverLabels(router, port, network),
      ...routerLabels(outside),
      // Containers need no operators' tools, and could not sign in.
      ...(this.audience === "public"
        ? routerLabels({ ...outside, router: `${router}_inside`, entryPoints: ["inside"] })
        : {}),
    });
  }
}
