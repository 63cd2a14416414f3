import type { Construct } from "constructs";
import { Duration } from "../swarm/duration";
import { Memory } from "../swarm/memory";
import { LayerStack } from "../terraform/layer-stack";
import type { ApplicationContext } from "./application";
import { NodeApplication } from "./node-application";
import {
  celerySection,
  eventsSection,
  objectStorageKey,
  objectStorageSection,
  redisSection,
  transportSection,
} from "./sections";

const NAME = "submission-service";

/** Takes the replays of a match, has them parsed, and waits until both sides agree. */
export class SubmissionService extends NodeApplication {
  constructor(scope: Construct, id: string, context: ApplicationContext) {
    const { environment } = LayerStack.of(scope);
    super(scope, id, {
      ...context,
      name: NAME,
      configuration: {
        transport: { ...transportSection(environment), ...eventsSection(environment), ...celerySection(environment) },
        redis: redisSection(context.backing, environment),
        minio: objectStorageSection(context.backing, environment, ["replays"]),
      },
      secretFiles: { "/app/secret/redis-password.txt": "redis/password", ...objectStorageKey(NAME) },
      needs: ["rabbitmq", "redis", "objectStorage"],
      startPeriod: Duration.seconds(90),
      limits: { cpus: 0.5, memory: Memory.mebibytes(256) },
      deafAfterBroker: true,
    });
  }
}
