import { Fn } from "cdktf";
import type { Construct } from "constructs";
import type { AnyApplicationName, ApplicationName } from "../config/applications";
import { Application, type ApplicationContext } from "../constructs/apps/application";
import type { Backing } from "../constructs/apps/backing";
import { Core } from "../constructs/apps/core";
import { DatabaseSchema } from "../constructs/apps/database-schema";
import { DiscordBot } from "../constructs/apps/discord-bot";
import { EloService } from "../constructs/apps/elo-service";
import { ImageGenerationFrontend } from "../constructs/apps/image-generation-frontend";
import { ImageGenerationService } from "../constructs/apps/image-generation-service";
import { MatchmakingService } from "../constructs/apps/matchmaking-service";
import { Migrations } from "../constructs/apps/migrations";
import { NotificationService } from "../constructs/apps/notification-service";
import { ReplayParseService } from "../constructs/apps/replay-parse-service";
import { ServerAnalyticsService } from "../constructs/apps/server-analytics-service";
import { SubmissionService } from "../constructs/apps/submission-service";
import { Web } from "../constructs/apps/web";
import type { SwarmService } from "../constructs/swarm/swarm-service";
import { LayerStack, type LayerStackProps } from "../constructs/terraform/layer-stack";
import { authorityOf } from "./authority";
import { useDockerOfEnvironment } from "./docker-access";
import { layer2Outputs, platformOutputs, secretsOutputs } from "./outputs";
import { trustNetworksOf } from "./trust-networks";
import { storedSecretsOf, useVaultOfLayer1 } from "./vault-access";

/**
 * Sprocket's applications.
 */
export class Platform extends LayerStack {
  private readonly backing: Backing;

  constructor(scope: Construct, props: LayerStackProps) {
    super(scope, "platform", props);
    useDockerOfEnvironment(this);
    useVaultOfLayer1(this);
    this.backing = this.backingOfLayersBelow();
    const schema = new DatabaseSchema(this, "schema", this.backing);
    const { ready: migrations } = new Migrations(this, "migrations", { backing: this.backing, schema });
    // Each waits for whom it asks while it starts.
    const core = new Core(this, "api", this.after(migrations)).service;
    const parser = new ReplayParseService(this, "replay-parser", this.after()).service;
    const images = new ImageGenerationService(this, "image-service", this.after()).service;
    const analytics = new ServerAnalyticsService(this, "analytics", this.after()).service;
    new SubmissionService(this, "submission", this.after(core, parser));
    new MatchmakingService(this, "matchmaking", this.after(core, analytics));
    new DiscordBot(this, "discord-bot", this.after(core));
    new NotificationService(this, "notification", this.after(core));
    new Web(this, "web", this.after(core));
    new ImageGenerationFrontend(this, "image-frontend", this.after(migrations, images));
    const { elo: rating } = this.environment.applications;
    const elo = rating && new EloService(this, "elo", { ...this.after(core), ...rating });
    platformOutputs.publish(this, { release: this.release(elo) });
  }

  private after(...after: readonly SwarmService[]): ApplicationContext {
    return { backing: this.backing, after };
  }

  private backingOfLayersBelow(): Backing {
    const layer2 = layer2Outputs.read(this);
    const { featuresOff } = secretsOutputs.read(this);
    return {
      networks: trustNetworksOf(this),
      secrets: storedSecretsOf(this),
      postgres: { host: layer2.postgresHost, port: layer2.postgresPort },
      redis: { host: layer2.redisHost, port: layer2.redisPort },
      rabbitmq: { host: layer2.rabbitmqHost, port: layer2.rabbitmqPort, revision: layer2.rabbitmqRevision },
      objectStorage: { host: layer2.objectStorageHost, port: layer2.objectStoragePort, buckets: layer2.buckets },
      influxdbUrl: layer2.influxdbUrl,
      authority: authorityOf(this, "authority"),
      isOff: (feature) => Fn.contains(featuresOff, feature),
    };
  }

  /** As Swarm has it, not as it was wished for. */
  private release(elo: EloService | undefined): Readonly<Record<AnyApplicationName, string>> {
    const deployed = Application.all(this).map(({ applicationName, service }) => [applicationName, imageOf(service)]);
    return {
      ...(Object.fromEntries(deployed) as Record<ApplicationName, string>),
      "elo-service": elo === undefined ? "none" : imageOf(elo.service),
    };
  }
}

function imageOf({ resource }: SwarmService): string {
  return resource.taskSpec.containerSpec.image;
}
