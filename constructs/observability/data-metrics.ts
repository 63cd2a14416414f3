import { Fn } from "cdktf";
import { Construct } from "constructs";
import { DATABASE_ROLES } from "../../config/data/postgres";
import { REDIS_PORT } from "../../config/data/redis";
import { databasePasswordPath } from "../../config/secrets/platform-secrets";
import { POSTGRES_ALIAS, POSTGRES_PORT } from "../data/postgres-access";
import type { StoredSecrets } from "../secrets/stored-secrets";
import { SwarmSecret } from "../swarm/swarm-secret";
import type { SwarmService } from "../swarm/swarm-service";
import type { TrustNetworkReferences } from "../swarm/trust-networks";
import { Telegraf } from "./telegraf";

const ROLE = "telegraf";

/** Of some two hundred, those that are looked at. */
const REDIS_FIELDS = [
  ...["uptime", "clients", "blocked_clients", "used_memory", "used_memory_rss", "maxmemory", "evicted_keys"],
  ...["keyspace_hits", "keyspace_misses", "total_commands_processed", "rejected_connections"],
  ...["aof_current_size", "aof_delayed_fsync", "rdb_changes_since_last_save"],
];

export interface DataMetricsProps {
  readonly networks: Pick<TrustNetworkReferences, "metrics" | "postgres" | "redis">;
  readonly secrets: StoredSecrets;
  /** The host of Redis. */
  readonly redisHost: string;
  /** What must have made its role in PostgreSQL. */
  readonly after: readonly SwarmService[];
}

/**
 * Measures PostgreSQL and Redis, which do not tell Prometheus by themselves.
 */
export class DataMetrics extends Construct {
  constructor(scope: Construct, id: string, { networks, secrets, redisHost, after }: DataMetricsProps) {
    super(scope, id);
    const { database } = DATABASE_ROLES[ROLE];
    // In single quotes, as cdktf renders no others in a function's argument.
    const value = Fn.format(
      [
        "[[inputs.postgresql]]",
        `address = 'postgres://${ROLE}:%s@${POSTGRES_ALIAS}:${POSTGRES_PORT}/${database}?sslmode=disable'`,
        "outputaddress = 'postgres'",
        `databases = ['${database}']`,
        "[[inputs.redis]]",
        `servers = ['tcp://${redisHost}:${REDIS_PORT}']`,
        "password = '%s'",
        `fieldinclude = [${REDIS_FIELDS.map((field) => `'${field}'`).join(", ")}]`,
        "taginclude = ['server']",
        "",
      ].join("\n"),
      [secrets(databasePasswordPath(ROLE)).value, secrets("redis/password").value],
    );
    const plugins = new SwarmSecret(this, "plugins", { value });
    new Telegraf(this, "Default", {
      networks: [networks.metrics, networks.postgres, networks.redis],
      plugins: {},
      secretPlugins: plugins,
      after,
    });
  }
}
