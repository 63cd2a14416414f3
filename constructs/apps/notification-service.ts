import type { Construct } from "constructs";
import { publicUrl } from "../../config/hosts";
import { Duration } from "../swarm/duration";
import { Memory } from "../swarm/memory";
import { LayerStack } from "../terraform/layer-stack";
import type { ApplicationContext } from "./application";
import { LABELS } from "./labels";
import { NodeApplication } from "./node-application";
import { bucketsSection, heardEventsSection, redisSection, transportSection } from "./sections";

const NAME = "notification-service";

/** Tells players by the bot what concerns them. */
export class NotificationService extends NodeApplication {
  constructor(scope: Construct, id: string, context: ApplicationContext) {
    const { environment } = LayerStack.of(scope);
    super(scope, id, {
      ...context,
      name: NAME,
      configuration: {
        transport: { ...transportSection(environment), ...heardEventsSection(environment, NAME) },
        redis: redisSection(context.backing, environment),
        web: { url: publicUrl(environment, LABELS.web) },
        // It names the bucket to the bot, and opens it never.
        minio: bucketsSection(context.backing, ["images"]),
      },
      secretFiles: { "/app/secret/redis-password.txt": "redis/password" },
      needs: ["rabbitmq", "redis"],
      startPeriod: Duration.seconds(90),
      limits: { cpus: 0.25, memory: Memory.mebibytes(192) },
      deafAfterBroker: true,
    });
  }
}
