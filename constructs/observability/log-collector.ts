import { Construct } from "constructs";
import type { SwarmNode } from "../../config/nodes";
import { Duration } from "../swarm/duration";
import { healthCheckOf } from "../swarm/health-check";
import { Memory } from "../swarm/memory";
import { SwarmConfig } from "../swarm/swarm-config";
import { SwarmService } from "../swarm/swarm-service";
import type { TrustNetworkReferences } from "../swarm/trust-networks";
import { LayerStack } from "../terraform/layer-stack";
import { logCollectorConfiguration } from "./log-collector-configuration";
import { MetricsEndpoint } from "./metrics-endpoint";

const CONFIGURATION_PATH = "/etc/otelcol-contrib/config.yaml";
const CONTAINERS_FOLDER = "/var/lib/docker/containers";
const STATE_FOLDER = "/var/lib/otelcol";
const METRICS_PORT = 8888;
const MEMORY_MEBIBYTES = 128;
const COLLECTED_FROM_MEBIBYTES = 100;

export interface LogCollectorProps {
  readonly networks: Pick<TrustNetworkReferences, "metrics">;
  /** URL of Loki's API. */
  readonly lokiUrl: string;
  /** The machine. */
  readonly node: SwarmNode;
}

/**
 * Brings what the containers of a machine print to Loki, by the files that Docker writes anyway: nothing that runs
 * waits for it.
 */
export class LogCollector extends Construct {
  constructor(scope: Construct, id: string, { networks, lokiUrl, node }: LogCollectorProps) {
    super(scope, id);
    const { environment, images } = LayerStack.of(this);
    const content = JSON.stringify(
      logCollectorConfiguration({
        prefix: environment.prefix,
        lokiUrl,
        containersFolder: CONTAINERS_FOLDER,
        stateFolder: STATE_FOLDER,
        metricsPort: METRICS_PORT,
      }),
      null,
      2,
    );
    const service = new SwarmService(this, "Resource", {
      image: images.logCollector,
      networks: [networks.metrics],
      args: [`--config=${CONFIGURATION_PATH}`],
      environment: { GOMEMLIMIT: `${COLLECTED_FROM_MEBIBYTES}MiB` },
      files: [new SwarmConfig(this, "configuration", { content }).at(CONFIGURATION_PATH)],
      bindMounts: [{ hostPath: CONTAINERS_FOLDER, path: CONTAINERS_FOLDER }],
      // How far it read each file.
      volumes: [{ name: "state", path: STATE_FOLDER }],
      node,
      healthCheck: healthCheckOf(images.logCollector, Duration.seconds(15)),
      limits: { cpus: 0.25, memory: Memory.mebibytes(MEMORY_MEBIBYTES) },
    });
    new MetricsEndpoint(this, "metrics", { service, port: METRICS_PORT });
  }
}
