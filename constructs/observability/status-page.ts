import { Construct } from "constructs";
import { hostName, isEncrypted, publicPort } from "../../config/hosts";
import type { Environment } from "../../config/schema";
import { HttpRoute } from "../ingress/http-route";
import { Duration } from "../swarm/duration";
import type { MountableFile } from "../swarm/file-mount";
import { healthCheckOf } from "../swarm/health-check";
import { Memory } from "../swarm/memory";
import { SwarmConfig } from "../swarm/swarm-config";
import { SwarmService } from "../swarm/swarm-service";
import type { TrustNetworkReferences } from "../swarm/trust-networks";
import { jsonDocument } from "../terraform/json-document";
import { LayerStack } from "../terraform/layer-stack";
import { MetricsEndpoint } from "./metrics-endpoint";

const LABEL = "status";
const LOCALHOST = "localhost";
const TITLE = "Sprocket";
const DESCRIPTION = "What works, and what does not.";
const PORT = 8080;
const CONFIGURATION_PATH = "/config/config.yaml";
const AUTHORITY_PATH = "/etc/ssl/sprocket-authority.pem";
/** Two of them within the two minutes after which an alert is told. */
const ASKED_EVERY = Duration.seconds(30);
const LONGEST_ANSWER = Duration.seconds(10);

export interface StatusPageProps {
  readonly networks: Pick<TrustNetworkReferences, "ingressOperators">;
  /**
   * The certificate of the environment's own authority.
   *
   * @default - its certificates are those that everybody trusts
   */
  readonly authority?: MountableFile;
}

/**
 * Asks every route of the environment, as whoever uses it would, and shows everybody what was answered.
 */
export class StatusPage extends Construct {
  constructor(scope: Construct, id: string, { networks, authority }: StatusPageProps) {
    super(scope, id);
    const { environment, images } = LayerStack.of(this);
    const content = jsonDocument(() => configuration(environment, HttpRoute.all(this)));
    const service = new SwarmService(this, "Resource", {
      image: images.gatus,
      networks: [networks.ingressOperators],
      environment: {
        GATUS_CONFIG_PATH: CONFIGURATION_PATH,
        ...(authority === undefined ? {} : { SSL_CERT_FILE: AUTHORITY_PATH }),
      },
      files: [
        new SwarmConfig(this, "configuration", { content }).at(CONFIGURATION_PATH),
        ...(authority === undefined ? [] : [authority.at(AUTHORITY_PATH)]),
      ],
      healthCheck: healthCheckOf(images.gatus, Duration.seconds(10)),
      limits: { cpus: 0.1, memory: Memory.mebibytes(64) },
    });
    new MetricsEndpoint(this, "metrics", { service, port: PORT });
    new HttpRoute(this, "route", {
      service,
      label: LABEL,
      port: PORT,
      audience: "public",
      closedPaths: "^/metrics",
      probe: { path: "/health", status: 200 },
    });
  }
}

function configuration(environment: Environment, routes: readonly HttpRoute[]): object {
  return {
    metrics: true,
    web: { port: PORT },
    ui: {
      title: TITLE,
      header: TITLE,
      "dashboard-heading": "Is Sprocket up?",
      "dashboard-subheading": DESCRIPTION,
      description: DESCRIPTION,
      "default-sort-by": "health",
    },
    endpoints: [...routes]
      .sort((a, b) => (a.host < b.host ? -1 : 1))
      .flatMap((route) => {
        const url = urlOf(environment, route);
        return url === undefined ? [] : [endpoint(environment, route, url)];
      }),
  };
}

function endpoint(environment: Environment, { host, audience, probe }: HttpRoute, url: string) {
  return {
    name: host,
    group: audience,
    url,
    // In a container, localhost is the container: Traefik is asked by another name that it has.
    ...(host === LOCALHOST
      ? { url: url.replace(LOCALHOST, hostName(environment, LABEL)), headers: { Host: host } }
      : {}),
    interval: ASKED_EVERY.toString(),
    conditions: [`[STATUS] == ${probe.status}`],
    client: {
      timeout: LONGEST_ANSWER.toString(),
      "ignore-redirect": true,
      // Nobody trusts the authority of a rehearsal.
      insecure: environment.certificates.kind === "acme" && environment.certificates.authority === "staging",
    },
    ui: { "hide-hostname": true, "hide-url": true, "hide-errors": true },
  };
}

/**
 * Where a route is asked: through Traefik, as a browser does. What operators must sign in for is asked behind that, and
 * what Traefik shows of itself is not asked at all: it would have to be up.
 */
function urlOf(environment: Environment, { host, audience, probe, direct }: HttpRoute): string | undefined {
  if (audience === "public") {
    return `${isEncrypted(environment) ? "https" : "http"}://${host}:${publicPort(environment)}${probe.path}`;
  }
  return direct === undefined ? undefined : `http://${direct}${probe.path}`;
}
