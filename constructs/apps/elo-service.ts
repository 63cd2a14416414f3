import { Token } from "cdktf";
import { Construct } from "constructs";
import { Memory } from "../swarm/memory";
import { SwarmConfig } from "../swarm/swarm-config";
import { SwarmSecret } from "../swarm/swarm-secret";
import { SwarmService } from "../swarm/swarm-service";
import { LayerStack } from "../terraform/layer-stack";
import type { ApplicationContext } from "./application";
import { networksFor } from "./application-networks";
import { NODE_ENVIRONMENT } from "./node-application";
import { redisSection } from "./sections";

export interface EloServiceProps extends ApplicationContext {
  /** Host and port of Dgraph. */
  readonly dgraph: string;
}

/**
 * Rates players. Its source is not public: what it is given is what it was given before, nobody knows how it could be
 * asked whether it is well, and it ends as its image ends it.
 */
export class EloService extends Construct {
  readonly service: SwarmService;

  constructor(scope: Construct, id: string, { backing, after, dgraph }: EloServiceProps) {
    super(scope, id);
    const { environment, images } = LayerStack.of(this);
    const { host, port, prefix } = redisSection(backing, environment);
    this.service = new SwarmService(this, "Resource", {
      image: images["elo-service"],
      networks: networksFor(["redis", "internet"], undefined, environment, backing.networks),
      environment: {
        NODE_ENV: NODE_ENVIRONMENT.NODE_ENV,
        REDIS_HOST: host,
        REDIS_PORT: Token.asString(port),
        // The API begins its jobs' keys with it.
        REDIS_PREFIX: prefix,
        DGRAPH_DATABASE_URL: dgraph,
      },
      files: [
        new SwarmConfig(this, "configuration", { content: "{}" }).at("/app/config/production.json"),
        new SwarmSecret(this, "redis-password", backing.secrets("redis/password")).at("/app/secret/redis-password.txt"),
        new SwarmSecret(this, "dgraph-api-key", backing.secrets("elo/dgraph-api-key")).at(
          "/app/secret/dgraph-api-key.txt",
        ),
      ],
      healthCheck: { none: "its source is not public, and nobody has looked into its image" },
      limits: { cpus: 0.5, memory: Memory.mebibytes(256) },
      // Two of it may take the same job.
      alone: true,
      after,
    });
  }
}
