import { Construct } from "constructs";
import { publicUrl } from "../../config/hosts";
import { HttpRoute } from "../ingress/http-route";
import { isOn } from "../ingress/route-rules";
import { Duration } from "../swarm/duration";
import { healthCheckOf } from "../swarm/health-check";
import { Memory } from "../swarm/memory";
import { SwarmConfig } from "../swarm/swarm-config";
import { SwarmService } from "../swarm/swarm-service";
import type { TrustNetworkReferences } from "../swarm/trust-networks";
import { jsonDocument } from "../terraform/json-document";
import { LayerStack } from "../terraform/layer-stack";
import { validate } from "../terraform/validation";
import { MetricsEndpoint } from "./metrics-endpoint";
import { MEASURED_EVERY, prometheusConfiguration, RULES_PATH } from "./prometheus-configuration";
import { rulesOf } from "./rules/rules";

const LABEL = "prometheus";
const PORT = 9090;
/** Where it answers inside its own container. */
export const PROMETHEUS_ITSELF = `http://127.0.0.1:${PORT}`;
const CONFIGURATION_PATH = "/etc/prometheus/prometheus.yml";
const DATA_FOLDER = "/prometheus";
/** Longer than a month, whose availability is looked up after it ended. */
export const RETENTION_DAYS = 45;
const RETENTION_GIBIBYTES = 4;
const MEMORY_MEBIBYTES = 384;
/** From here on Go collects garbage more eagerly: slower is better than killed. */
const COLLECTED_FROM_MEBIBYTES = 320;

export interface PrometheusProps {
  readonly networks: Pick<TrustNetworkReferences, "ingressOperators" | "metrics">;
  /** `host:port` of whom to send alerts to. */
  readonly alertmanager: string;
}

/**
 * Measures everything that declares a {@link MetricsEndpoint}, keeps what it measured, and finds out what is wrong.
 */
export class Prometheus extends Construct {
  readonly service: SwarmService;
  /** The URL of its API for services on its networks. */
  readonly url: string;

  constructor(scope: Construct, id: string, { networks, alertmanager }: PrometheusProps) {
    super(scope, id);
    const { environment, images } = LayerStack.of(this);
    const configuration = jsonDocument(() => {
      const endpoints = this.reachableEndpoints();
      return prometheusConfiguration({ ...environment, environment: environment.name, endpoints, alertmanager });
    });
    this.service = new SwarmService(this, "Resource", {
      image: images.prometheus,
      networks: [networks.ingressOperators, networks.metrics],
      args: [
        `--config.file=${CONFIGURATION_PATH}`,
        `--storage.tsdb.path=${DATA_FOLDER}`,
        `--storage.tsdb.retention.time=${RETENTION_DAYS}d`,
        `--storage.tsdb.retention.size=${RETENTION_GIBIBYTES}GB`,
        `--web.external-url=${publicUrl(environment, LABEL)}`,
      ],
      environment: { GOMEMLIMIT: `${COLLECTED_FROM_MEBIBYTES}MiB` },
      files: [
        new SwarmConfig(this, "configuration", { content: configuration }).at(CONFIGURATION_PATH),
        new SwarmConfig(this, "rules", { content: jsonDocument(() => rulesOf(this)) }).at(RULES_PATH),
      ],
      volumes: [{ name: "data", path: DATA_FOLDER }],
      // It reads what it has not yet made a block of, a minute's worth after a crash.
      healthCheck: healthCheckOf(images.prometheus, Duration.seconds(90)),
      limits: { cpus: 0.5, memory: Memory.mebibytes(MEMORY_MEBIBYTES) },
      // What went away it looks for twice more before it ends.
      stopGracePeriod: MEASURED_EVERY.times(3),
    });
    this.url = `http://${this.service.address(PORT)}`;
    new MetricsEndpoint(this, "metrics", { service: this.service, port: PORT });
    new HttpRoute(this, "route", {
      service: this.service,
      label: LABEL,
      port: PORT,
      audience: "operators",
      probe: { path: "/-/ready", status: 200 },
    });
  }

  /**
   * @throws FaultsError for a service that has metrics and is on none of Prometheus' networks
   */
  private reachableEndpoints(): readonly MetricsEndpoint[] {
    const endpoints = MetricsEndpoint.all(this);
    const names = this.service.networks.map(({ name }) => name);
    validate(
      this,
      endpoints.map(({ node, props: { service } }) => ({
        where: node.path,
        broken: !names.some((name) => isOn(service, name)),
        message: `Prometheus is on ${names.join(", ")}, and ${service.node.path} is on none of them; join one`,
      })),
    );
    return endpoints;
  }
}
