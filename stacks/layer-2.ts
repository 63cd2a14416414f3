import type { Construct } from "constructs";
import { RABBITMQ_PORT } from "../config/data/rabbitmq";
import { REDIS_PORT } from "../config/data/redis";
import { publicUrl } from "../config/hosts";
import { nodesOf } from "../config/nodes";
import { LABELS } from "../constructs/apps/labels";
import { DatabaseRoles } from "../constructs/data/database-roles";
import { InfluxDb } from "../constructs/data/influxdb";
import { PgBouncer } from "../constructs/data/pgbouncer";
import { POSTGRES_ALIAS, POSTGRES_PORT } from "../constructs/data/postgres-access";
import { PostgresServer } from "../constructs/data/postgres-server";
import { RabbitMq } from "../constructs/data/rabbitmq";
import { Redis } from "../constructs/data/redis";
import { type ObjectStorage, S3Server } from "../constructs/data/s3-server";
import { Alertmanager } from "../constructs/observability/alertmanager";
import { DataMetrics } from "../constructs/observability/data-metrics";
import { Grafana } from "../constructs/observability/grafana";
import { LogCollector } from "../constructs/observability/log-collector";
import { Loki } from "../constructs/observability/loki";
import { NodeMetrics } from "../constructs/observability/node-metrics";
import { Prometheus } from "../constructs/observability/prometheus";
import { StatusPage } from "../constructs/observability/status-page";
import type { StoredSecrets } from "../constructs/secrets/stored-secrets";
import { SwarmSecret } from "../constructs/swarm/swarm-secret";
import type { SwarmService } from "../constructs/swarm/swarm-service";
import type { TrustNetworkReferences } from "../constructs/swarm/trust-networks";
import { LayerStack, type LayerStackProps } from "../constructs/terraform/layer-stack";
import { authorityOf } from "./authority";
import { useDockerOfEnvironment } from "./docker-access";
import { foundationOutputs, layer1Outputs, layer2Outputs } from "./outputs";
import { trustNetworksOf } from "./trust-networks";
import { storedSecretsOf, useVaultOfLayer1 } from "./vault-access";

const SPACES_PORT = 443;

/** The data services that are measured by asking them, or shown. */
interface Observed {
  readonly postgresReady: SwarmService;
  readonly redis: SwarmService;
  readonly influxdb: InfluxDb;
}

/**
 * The data services that the applications stand on, and what watches everything.
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
    const postgresReady = this.addPostgres();
    const redis = new Redis(this, "redis", {
      networks: [this.networks.redis],
      password: this.secrets("redis/password"),
    });
    const rabbitmq = new RabbitMq(this, "rabbitmq", { networks: this.networks, secrets: this.secrets });
    const objectStorage = this.addObjectStorage();
    const influxdb = this.addInfluxDb();
    this.addObservability({ postgresReady, redis: redis.service, influxdb });
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

  /** What must have converged before anybody signs in to PostgreSQL. */
  private addPostgres(): SwarmService {
    const { secrets, networks } = this;
    const administratorPassword = secrets("postgres/administrator-password");
    if (this.environment.database === "container") {
      const server = new PostgresServer(this, "postgres", { network: networks.postgres, administratorPassword });
      return new DatabaseRoles(this, "postgres-roles", { server: server.access, secrets }).ready;
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
    const { service } = new PgBouncer(this, "pgbouncer", {
      networks,
      secrets,
      cluster: { host, port, caCertificate: foundation.databaseCaCertificate },
      after: [roles.ready],
    });
    return service;
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

  private addObservability({ postgresReady, redis, influxdb }: Observed): void {
    const { networks, secrets } = this;
    const { address: alertmanager } = new Alertmanager(this, "alertmanager", { networks, secrets });
    const prometheus = new Prometheus(this, "prometheus", { networks, alertmanager });
    const loki = new Loki(this, "loki", { networks });
    for (const node of nodesOf(this.environment)) {
      // Docker takes no longer names of configs than these make.
      const [logs, metrics] = node.keepsData
        ? ["log-collector", "node-metrics"]
        : [`logs-${node.name}`, `metrics-${node.name}`];
      new LogCollector(this, logs, { networks, lokiUrl: loki.url, node });
      new NodeMetrics(this, metrics, { networks, node });
    }
    new DataMetrics(this, "data-metrics", {
      networks,
      secrets,
      redisHost: redis.serviceName,
      after: [postgresReady, redis],
    });
    new StatusPage(this, "status-page", { networks, authority: authorityOf(this, "status-page-authority") });
    new Grafana(this, "grafana", {
      networks,
      secrets,
      urls: { prometheus: prometheus.url, loki: loki.url, influxdb: influxdb.url },
    });
  }

  private addInfluxDb(): InfluxDb {
    const { vaultServiceUrl: vaultUrl } = layer1Outputs.read(this);
    return new InfluxDb(this, "influxdb", { networks: this.networks, secrets: this.secrets, vaultUrl });
  }
}
