import { Construct } from "constructs";
import { stringify } from "smol-toml";
import { Duration } from "../swarm/duration";
import type { MountableFile } from "../swarm/file-mount";
import { healthCheckOf } from "../swarm/health-check";
import { Memory } from "../swarm/memory";
import { SwarmConfig } from "../swarm/swarm-config";
import { SwarmService } from "../swarm/swarm-service";
import type { SwarmServiceProps } from "../swarm/swarm-service-props";
import { LayerStack } from "../terraform/layer-stack";
import { MetricsEndpoint } from "./metrics-endpoint";
import { MEASURED_EVERY } from "./prometheus-configuration";

const PORT = 9273;
const CONFIGURATION_PATH = "/etc/telegraf/telegraf.conf";
const SECRET_CONFIGURATION_PATH = "/run/secrets/telegraf.conf";

export interface TelegrafProps
  extends Pick<SwarmServiceProps, "networks" | "environment" | "bindMounts" | "volumes" | "node" | "after"> {
  /** What it measures and what becomes of it, in Telegraf's terms: `{ inputs: { cpu: [{}] } }`. */
  readonly plugins: object;
  /**
   * A file of plugins with secrets in it.
   *
   * @default - none
   */
  readonly secretPlugins?: MountableFile;
}

/**
 * Telegraf, which measures what does not tell Prometheus by itself.
 */
export class Telegraf extends Construct {
  constructor(scope: Construct, id: string, { plugins, secretPlugins, ...service }: TelegrafProps) {
    super(scope, id);
    const { telegraf: image } = LayerStack.of(this).images;
    const content = stringify({
      agent: {
        interval: MEASURED_EVERY.toString(),
        // Prometheus gets what is newest when it asks.
        flush_interval: "1s",
        omit_hostname: true,
        quiet: true,
      },
      outputs: {
        prometheus_client: [
          {
            listen: `:${PORT}`,
            metric_version: 2,
            // What was not measured twice is gone.
            expiration_interval: MEASURED_EVERY.times(3).toString(),
            collectors_exclude: ["gocollector", "process"],
          },
        ],
      },
      ...plugins,
    });
    const files = [
      new SwarmConfig(this, "configuration", { content }).at(CONFIGURATION_PATH),
      ...(secretPlugins === undefined ? [] : [secretPlugins.at(SECRET_CONFIGURATION_PATH)]),
    ];
    const telegraf = new SwarmService(this, "Resource", {
      ...service,
      image,
      args: files.flatMap(({ path }) => ["--config", path]),
      files,
      healthCheck: healthCheckOf(image, Duration.seconds(20)),
      limits: { cpus: 0.25, memory: Memory.mebibytes(96) },
    });
    new MetricsEndpoint(this, "metrics", { service: telegraf, port: PORT });
  }
}
