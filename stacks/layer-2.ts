import type { Construct } from "constructs";
import { RABBITMQ_PORT } from "../config/data/rabbitmq";
import { REDIS_PORT } from "../config/data/redis";
import { publicUrl } from "../config/hosts";
import { LABELS } from "../constructs/apps/labels";
import { DatabaseRoles } from "../constructs/data/database-roles";
import { InfluxDb } from "../constructs/data/influxdb";
import { PgBouncer } from "../constructs/data/pgbouncer";
import { POSTGRES_ALIAS, POSTGRES_PORT } from "../constructs/data/postgres-access";
import { PostgresServer } from "../constructs/data/postgres-server";
import { RabbitMq } from "../constructs/data/rabbitmq";
import { Redis } from "../constructs/data/redis";
import { type ObjectStorage, S3Server } from "../constructs/data/s3-server";
import type { StoredSecrets } from "../constructs/secrets/stored-secrets";
import { SwarmSecret } from "../constructs/swarm/swarm-secret";
import type { TrustNetworkReferences } from "../constructs/swarm/trust-networks";
import { LayerStack, type LayerStackProps } from "../constructs/terraform/layer-stack";
import { useDockerOfEnvironment } from "./docker-access";
import { foundationOutputs, layer1Outputs, layer2Outputs } from "./outputs";
import { trustNetworksOf } from "./trust-networks";
import { storedSecretsOf, useVaultOfLayer1 } from "./vault-access";

const SPACES_PORT = 443;

/**
 * The data services that the applications stand on.
 */
export class Layer2 extends LayerStack {
  private readonly networks: TrustNetworkReferences;
  private readonly secrets: StoredSecrets;

  constructor(scope: Construct, props: LayerStackProps) {
    super(scope, "layer-2", props);
    useDockerOfEnvironment(this);
    useVaultOfLayer1(this);
    this.networks = trustNetworksOf(this);
    this.secrets = storedSecretsOf(this);
    this.addPostgres();
    const redis = new Redis(this, "redis", {
      networks: [this.networks.redis],
      password: this.secrets("redis/password"),
    });
    const rabbitmq = new RabbitMq(this, "rabbitmq", { networks: this.networks, secrets: this.secrets });
    const objectStorage = this.addObjectStorage();
    const influxdb = this.addInfluxDb();
    layer2Outputs.publish(this, {
      postgresHost: POSTGRES_ALIAS,
      postgresPort: POSTGRES_PORT,
      redisHost: redis.service.serviceName,
      redisPort: REDIS_PORT,
      rabbitmqHost: rabbitmq.service.serviceName,
      rabbitmqPort: RABBITMQ_PORT,
      rabbitmqRevision: rabbitmq.revision,
      influxdbUrl: influxdb.url,
      objectStorageHost: objectStorage.host,
      objectStoragePort: objectStorage.port,
      buckets: objectStorage.buckets,
    });
  }

  private addPostgres(): void {
    const { secrets, networks } = this;
    const administratorPassword = secrets("postgres/administrator-password");
    if (this.environment.database === "container") {
      const server = new PostgresServer(this, "postgres", { network: networks.postgres, administratorPassword });
      new DatabaseRoles(this, "postgres-roles", { server: server.access, secrets });
      return;
    }
    const { databaseHost: host, databasePort: port, ...foundation } = foundationOutputs.read(this);
    const roles = new DatabaseRoles(this, "postgres-roles", {
      server: {
        networks: [networks.egress],
        host,
        port,
        administrator: foundation.databaseAdminUser,
        password: new SwarmSecret(this, "postgres-administrator-password", administratorPassword),
        maintenanceDatabase: "defaultdb",
        caCertificate: foundation.databaseCaCertificate,
        after: [],
      },
      secrets,
    });
    new PgBouncer(this, "pgbouncer", {
      networks,
      secrets,
      cluster: { host, port, caCertificate: foundation.databaseCaCertificate },
      after: [roles.ready],
    });
  }

  /** Spaces in the cloud, and elsewhere a server with the same buckets and users. */
  private addObjectStorage(): ObjectStorage {
    if (this.environment.platform === "cloud") {
      const { spacesHost: host, buckets } = foundationOutputs.read(this);
      return { host, port: SPACES_PORT, buckets };
    }
    return new S3Server(this, "s3", {
      networks: this.networks,
      secrets: this.secrets,
      corsOrigin: publicUrl(this.environment, LABELS["image-generation-frontend"]),
    });
  }

  private addInfluxDb(): InfluxDb {
    const { vaultServiceUrl: vaultUrl } = layer1Outputs.read(this);
    return new InfluxDb(this, "influxdb", { networks: this.networks, secrets: this.secrets, vaultUrl });
  }
}
