import type { Construct } from "constructs";
import { type INFLUXDB_BUCKETS, INFLUXDB_ORGANIZATION, INFLUXDB_TOKEN_HOLDERS } from "../../config/data/influxdb";
import { influxDbTokenPath } from "../../config/secrets/platform-secrets";
import { Duration } from "../swarm/duration";
import { Memory } from "../swarm/memory";
import { LayerStack } from "../terraform/layer-stack";
import type { ApplicationContext } from "./application";
import { NodeApplication } from "./node-application";
import { transportSection } from "./sections";

const NAME = "server-analytics-service";

/** Writes down what the other applications measure. */
export class ServerAnalyticsService extends NodeApplication {
  constructor(scope: Construct, id: string, context: ApplicationContext) {
    const { environment } = LayerStack.of(scope);
    const [bucket] = INFLUXDB_TOKEN_HOLDERS[NAME].buckets;
    super(scope, id, {
      ...context,
      name: NAME,
      configuration: {
        transport: transportSection(environment),
        logger: { levels: environment.applications.logLevels },
        influx: {
          address: context.backing.influxdbUrl,
          org: INFLUXDB_ORGANIZATION,
          bucket: bucket satisfies keyof typeof INFLUXDB_BUCKETS,
        },
      },
      secretFiles: { "/app/secret/influx-token": influxDbTokenPath(NAME) },
      needs: ["rabbitmq", "influxdb"],
      startPeriod: Duration.seconds(90),
      limits: { cpus: 0.25, memory: Memory.mebibytes(160) },
    });
  }
}
