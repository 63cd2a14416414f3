import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { MetricsEndpoint } from "../observability/metrics-endpoint";
import { Duration } from "../swarm/duration";
import { healthCheckOf } from "../swarm/health-check";
import { Memory } from "../swarm/memory";
import { SwarmConfig } from "../swarm/swarm-config";
import { SwarmService } from "../swarm/swarm-service";
import type { TrustNetworkReferences } from "../swarm/trust-networks";
import { LayerStack } from "../terraform/layer-stack";
import { validate } from "../terraform/validation";
import { certificateMaterial } from "./certificates";
import { INTERNAL_PORT, publishedPortsOf } from "./entry-points";
import { HttpRoute } from "./http-route";
import { middlewaresOf } from "./middlewares";
import { nodeGatewayAddress } from "./node-gateway";
import { DYNAMIC_CONFIGURATION_PATH, STATIC_CONFIGURATION_PATH, staticConfiguration } from "./traefik-configuration";

const DASHBOARD_LABEL = "traefik";

/** A thousand connections that stay open made it hold 330 MiB; at 256 MiB they had it killed (docs/operations/scaling.md). */
const LIMIT_MEBIBYTES = 512;
/** From here on Go collects garbage more eagerly: slower is better than killed. */
const COLLECTED_FROM_MEBIBYTES = 400;

export interface TraefikProps {
  readonly networks: TrustNetworkReferences;
  /** `host:port` of the socket proxy. */
  readonly dockerAddress: string;
  /**
   * Where to ask whether an operator has signed in.
   *
   * @default - operators need not sign in
   */
  readonly signInAddress?: string;
}

/**
 * The way in: the only service that publishes ports.
 *
 * An update of it is a gap of a few seconds, because its ports belong to one container at a time.
 */
export class Traefik extends Construct {
  /** The service, for what must start after it. */
  readonly service: SwarmService;
  /** The certificate of the environment's own authority, in PEM, where it has one. */
  readonly authorityCertificate: string | undefined;

  /**
   * @throws FaultsError when operators must sign in and there is nowhere to
   */
  constructor(scope: Construct, id: string, { networks, dockerAddress, signInAddress }: TraefikProps) {
    super(scope, id);
    const { environment, images } = LayerStack.of(this);
    validate(this, [
      {
        where: "signInAddress",
        broken: environment.signIn.kind !== "none" && signInAddress === undefined,
        message: `got none, though operators of ${environment.name} must sign in; give it an OperatorSignIn's address`,
      },
    ]);
    const certificates = certificateMaterial(this);
    const fixed = new SwarmConfig(this, "static", {
      content: asYaml(staticConfiguration({ environment, dockerAddress, defaultNetwork: networks.ingressPublic.name })),
    });
    const dynamic = new SwarmConfig(this, "dynamic", {
      content: asYaml({
        http: { middlewares: middlewaresOf({ environment, gatewayAddress: nodeGatewayAddress(this), signInAddress }) },
        tls: certificates.tls,
      }),
    });
    this.service = new SwarmService(this, "Resource", {
      image: images.traefik,
      networks: [
        { ...networks.ingressPublic, aliases: this.publicHosts() },
        { ...networks.ingressOperators, aliases: this.publicHosts() },
        networks.dockerApi,
      ],
      publishedPorts: publishedPortsOf(environment),
      environment: { ...certificates.environment, GOMEMLIMIT: `${COLLECTED_FROM_MEBIBYTES}MiB` },
      files: [fixed.at(STATIC_CONFIGURATION_PATH), dynamic.at(DYNAMIC_CONFIGURATION_PATH), ...certificates.files],
      volumes: certificates.volumes,
      healthCheck: healthCheckOf(images.traefik, Duration.seconds(10)),
      limits: { cpus: 2, memory: Memory.mebibytes(LIMIT_MEBIBYTES) },
      stopGracePeriod: Duration.seconds(20),
    });
    new MetricsEndpoint(this, "metrics", {
      service: this.service,
      port: INTERNAL_PORT,
      keeps: { __name__: "traefik_(service|entrypoint|open|tls|config)_.*|process_.*|go_memstats_.*" },
    });
    this.authorityCertificate = certificates.authorityCertificate;
    new HttpRoute(this, "dashboard", {
      service: this.service,
      label: DASHBOARD_LABEL,
      port: INTERNAL_PORT,
      audience: "operators",
      backend: "api@internal",
      probe: { path: "/api/overview", status: 200 },
    });
  }

  /** Every public host of the environment, so that containers reach it by its name as browsers do. */
  private publicHosts(): string[] {
    return Lazy.listValue({
      produce: () =>
        HttpRoute.all(this)
          .filter(({ audience }) => audience === "public")
          .map(({ host }) => host)
          .sort(),
    });
  }
}

/** JSON is YAML, and Traefik reads configuration files of no name that ends in `.json`. */
function asYaml(document: object): string {
  return JSON.stringify(document, null, 2);
}
