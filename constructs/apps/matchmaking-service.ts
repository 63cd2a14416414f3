import type { Construct } from "constructs";
import { Duration } from "../swarm/duration";
import { Memory } from "../swarm/memory";
import { LayerStack } from "../terraform/layer-stack";
import type { ApplicationContext } from "./application";
import { NodeApplication } from "./node-application";
import { heardEventsSection, redisSection, transportSection } from "./sections";

const NAME = "matchmaking-service";

/** Brings players together for a scrim. */
export class MatchmakingService extends NodeApplication {
  constructor(scope: Construct, id: string, context: ApplicationContext) {
    const { environment } = LayerStack.of(scope);
    super(scope, id, {
      ...context,
      name: NAME,
      configuration: {
        transport: { ...transportSection(environment), ...heardEventsSection(environment, NAME) },
        redis: redisSection(context.backing, environment),
      },
      secretFiles: { "/app/secret/redis-password.txt": "redis/password" },
      needs: ["rabbitmq", "redis"],
      startPeriod: Duration.seconds(90),
      limits: { cpus: 0.5, memory: Memory.mebibytes(192) },
      deafAfterBroker: true,
    });
  }
}
