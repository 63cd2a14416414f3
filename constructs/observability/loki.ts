import { Construct } from "constructs";
import { Duration } from "../swarm/duration";
import { healthCheckOf } from "../swarm/health-check";
import { Memory } from "../swarm/memory";
import { SwarmConfig } from "../swarm/swarm-config";
import { SwarmService } from "../swarm/swarm-service";
import type { TrustNetworkReferences } from "../swarm/trust-networks";
import { LayerStack } from "../terraform/layer-stack";
import { MetricsEndpoint } from "./metrics-endpoint";

const PORT = 3100;
const CONFIGURATION_PATH = "/etc/loki/config.yaml";
const DATA_FOLDER = "/loki";
const RETENTION = Duration.minutes(14 * 24 * 60);
const MEMORY_MEBIBYTES = 256;
/** From here on Go collects garbage more eagerly: slower is better than killed. */
const COLLECTED_FROM_MEBIBYTES = 208;

export interface LokiProps {
  readonly networks: Pick<TrustNetworkReferences, "metrics">;
}

/**
 * Keeps what every container printed, for two weeks.
 */
export class Loki extends Construct {
  /** The URL of its API for services on its network. */
  readonly url: string;

  constructor(scope: Construct, id: string, { networks }: LokiProps) {
    super(scope, id);
    const { images } = LayerStack.of(this);
    const content = JSON.stringify(CONFIGURATION, null, 2);
    const service = new SwarmService(this, "Resource", {
      image: images.loki,
      networks: [networks.metrics],
      args: [`-config.file=${CONFIGURATION_PATH}`],
      environment: { GOMEMLIMIT: `${COLLECTED_FROM_MEBIBYTES}MiB` },
      files: [new SwarmConfig(this, "configuration", { content }).at(CONFIGURATION_PATH)],
      volumes: [{ name: "data", path: DATA_FOLDER }],
      // It waits 15 seconds by itself before it calls itself ready.
      healthCheck: healthCheckOf(images.loki, Duration.seconds(60)),
      limits: { cpus: 0.5, memory: Memory.mebibytes(MEMORY_MEBIBYTES) },
      stopGracePeriod: Duration.seconds(30),
    });
    this.url = `http://${service.address(PORT)}`;
    new MetricsEndpoint(this, "metrics", {
      service,
      port: PORT,
      keeps: { __name__: "up|go_memstats_.*|process_.*|loki_(distributor|ingester|discarded|request|build)_.*" },
    });
  }
}

const CONFIGURATION = {
  // Who is on its network may read and write.
  auth_enabled: false,
  analytics: { reporting_enabled: false },
  server: { http_listen_port: PORT, log_level: "warn" },
  common: {
    path_prefix: DATA_FOLDER,
    replication_factor: 1,
    ring: { instance_addr: "127.0.0.1", kvstore: { store: "inmemory" } },
    storage: { filesystem: { chunks_directory: `${DATA_FOLDER}/chunks`, rules_directory: `${DATA_FOLDER}/rules` } },
  },
  schema_config: {
    configs: [
      {
        from: "2026-01-01",
        store: "tsdb",
        object_store: "filesystem",
        schema: "v13",
        index: { prefix: "index_", period: "24h" },
      },
    ],
  },
  compactor: {
    working_directory: `${DATA_FOLDER}/compactor`,
    retention_enabled: true,
    delete_request_store: "filesystem",
  },
  limits_config: {
    retention_period: RETENTION.toString(),
    // Who can write may not delete.
    deletion_mode: "disabled",
    // A collector that was away brings what is old.
    reject_old_samples_max_age: "168h",
    volume_enabled: true,
    otlp_config: {
      resource_attributes: {
        ignore_defaults: true,
        attributes_config: [{ action: "index_label", attributes: ["service.name"] }],
      },
    },
  },
};
