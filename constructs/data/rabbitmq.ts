import { Construct } from "constructs";
import { RABBITMQ_METRICS_PORT, RABBITMQ_PORT } from "../../config/data/rabbitmq";
import type { Image } from "../../config/images/image";
import { HttpRoute } from "../ingress/http-route";
import { MetricsEndpoint } from "../observability/metrics-endpoint";
import type { StoredSecrets } from "../secrets/stored-secrets";
import { Duration } from "../swarm/duration";
import { healthCheckOf } from "../swarm/health-check";
import { Memory } from "../swarm/memory";
import { SwarmConfig } from "../swarm/swarm-config";
import { SwarmSecret } from "../swarm/swarm-secret";
import { SwarmService } from "../swarm/swarm-service";
import type { TrustNetworkReferences } from "../swarm/trust-networks";
import { LayerStack } from "../terraform/layer-stack";
import { definitionsFile } from "./rabbitmq-definitions";

const MANAGEMENT_PORT = 15672;
const DATA_FOLDER = "/var/lib/rabbitmq";
/** Files of this folder win over the main one, in the order of their names. */
const CONFIGURATION_PATH = "/etc/rabbitmq/conf.d/90-sprocket.conf";
const PLUGINS_PATH = "/etc/rabbitmq/enabled_plugins";
const DEFINITIONS_PATH = "/run/secrets/definitions.json";

export interface RabbitMqProps {
  readonly networks: Pick<TrustNetworkReferences, "ingressOperators" | "rabbitmq">;
  readonly secrets: StoredSecrets;
}

/**
 * The message broker, with an account for each application that may do what it must and no more.
 *
 * A change of it restarts it. Some applications do not hear it any more after that, so they roll with
 * its {@link revision}.
 */
export class RabbitMq extends Construct {
  readonly service: SwarmService;
  /** Another one after each change that restarts it. */
  readonly revision: string;

  constructor(scope: Construct, id: string, { networks, secrets }: RabbitMqProps) {
    super(scope, id);
    const { environment, images } = LayerStack.of(this);
    const definitions = new SwarmSecret(this, "definitions", { value: definitionsFile(environment, secrets) });
    this.service = new SwarmService(this, "Resource", {
      image: images.rabbitmq,
      networks: [networks.ingressOperators, networks.rabbitmq],
      // The image's own entry point changes owners, which nothing here needs.
      command: ["rabbitmq-server"],
      environment: {
        HOME: DATA_FOLDER,
        // The data folder is named after the node, so the name must be the same in every container.
        RABBITMQ_NODENAME: "rabbit@localhost",
        RABBITMQ_LOGS: "-",
      },
      files: [
        new SwarmConfig(this, "configuration", { content: configuration(images.rabbitmq) }).at(CONFIGURATION_PATH),
        new SwarmConfig(this, "plugins", { content: "[rabbitmq_management,rabbitmq_prometheus].\n" }).at(PLUGINS_PATH),
        definitions.at(DEFINITIONS_PATH),
      ],
      volumes: [{ name: "data", path: DATA_FOLDER }],
      healthCheck: healthCheckOf(images.rabbitmq, Duration.minutes(2)),
      limits: { cpus: 1, memory: Memory.mebibytes(512) },
      // It brings its queues to the disk.
      stopGracePeriod: Duration.seconds(30),
    });
    new MetricsEndpoint(this, "metrics", { service: this.service, port: RABBITMQ_METRICS_PORT });
    new MetricsEndpoint(this, "queue-metrics", {
      service: this.service,
      port: RABBITMQ_METRICS_PORT,
      job: "rabbitmq-queues",
      path: "/metrics/detailed",
      parameters: { family: ["queue_coarse_metrics", "queue_consumer_count"] },
      // Not those that are made for one submission each, and stay.
      keeps: { queue: `${environment.name}-.*` },
    });
    this.revision = this.service.revision;
    new HttpRoute(this, "route", {
      service: this.service,
      label: "rabbitmq",
      port: MANAGEMENT_PORT,
      audience: "operators",
    });
  }
}

const SETTINGS: Readonly<Record<string, string | number>> = {
  "listeners.tcp.default": RABBITMQ_PORT,
  "management.tcp.port": MANAGEMENT_PORT,
  "prometheus.tcp.port": RABBITMQ_METRICS_PORT,
  heartbeat: 60,
  // With it there is no user `guest`. Read at each start: it changes accounts, and removes none.
  load_definitions: DEFINITIONS_PATH,
  // Below the container's limit, so that it makes publishers wait before the kernel ends it.
  "vm_memory_high_watermark.absolute": "300MB",
  "disk_free_limit.absolute": "1GB",
  "log.console": "true",
  "log.console.level": "warning",
};

function configuration({ settings }: Image): string {
  return Object.entries({ ...SETTINGS, ...settings })
    .map(([name, value]) => `${name} = ${value}\n`)
    .join("");
}
