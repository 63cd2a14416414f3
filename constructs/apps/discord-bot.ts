import type { Construct } from "constructs";
import { operatorSecret } from "../../config/secrets/catalogue";
import { Duration } from "../swarm/duration";
import { Memory } from "../swarm/memory";
import { LayerStack } from "../terraform/layer-stack";
import type { ApplicationContext } from "./application";
import { NodeApplication } from "./node-application";
import { heardEventsSection, objectStorageKey, objectStorageSection, transportSection } from "./sections";

const NAME = "discord-bot";
const TOKEN = "discord/bot-token";

/** The bot in the leagues' Discord servers. */
export class DiscordBot extends NodeApplication {
  constructor(scope: Construct, id: string, context: ApplicationContext) {
    const { environment } = LayerStack.of(scope);
    const { botPrefix, logLevels } = environment.applications;
    super(scope, id, {
      ...context,
      name: NAME,
      main: "/app/clients/discord-bot/dist/main.js",
      configuration: {
        transport: { ...transportSection(environment), ...heardEventsSection(environment, NAME) },
        bot: { prefix: botPrefix },
        logger: { levels: logLevels },
        minio: objectStorageSection(context.backing, environment, ["images"]),
      },
      secretFiles: { "/app/secret/bot-token.txt": TOKEN, ...objectStorageKey(NAME) },
      needs: ["rabbitmq", "objectStorage", "internet"],
      startPeriod: Duration.seconds(90),
      // Discord counts how often a bot signs in, and shuts out one that does too often.
      restartDelay: Duration.minutes(1),
      limits: { cpus: 0.5, memory: Memory.mebibytes(256) },
      deafAfterBroker: true,
      feature: operatorSecret(TOKEN).feature,
    });
  }
}
