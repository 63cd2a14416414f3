import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Construct } from "constructs";
import {
  INFLUXDB_BUCKETS,
  INFLUXDB_ORGANIZATION,
  INFLUXDB_READER_NAMES,
  INFLUXDB_READERS,
  INFLUXDB_TOKEN_HOLDER_NAMES,
  INFLUXDB_TOKEN_HOLDERS,
} from "../../config/data/influxdb";
import { editionOf } from "../../config/secrets/catalogue";
import { influxDbPasswordPath, influxDbTokenPath } from "../../config/secrets/platform-secrets";
import { HttpRoute } from "../ingress/http-route";
import { MetricsEndpoint } from "../observability/metrics-endpoint";
import type { StoredSecrets } from "../secrets/stored-secrets";
import { SECRET_MOUNT } from "../secrets/vault-policies";
import { Duration } from "../swarm/duration";
import { healthCheckOf } from "../swarm/health-check";
import { Memory } from "../swarm/memory";
import { SwarmConfig } from "../swarm/swarm-config";
import { SwarmSecret } from "../swarm/swarm-secret";
import { SwarmService } from "../swarm/swarm-service";
import type { TrustNetworkReferences } from "../swarm/trust-networks";
import { LayerStack } from "../terraform/layer-stack";
import { ProvisioningTask } from "./provisioning-task";

const PORT = 8086;
const DATA_FOLDER = "/var/lib/influxdb2";
const START_SCRIPT_PATH = "/etc/sprocket/start.sh";
const PASSWORD_PATH = "/run/secrets/administrator-password";
const TOKEN_PATH = "/run/secrets/administrator-token";
const MEBIBYTE = 1024 * 1024;

export interface InfluxDbProps {
  readonly networks: Pick<TrustNetworkReferences, "ingressOperators" | "influxdb" | "vault">;
  readonly secrets: StoredSecrets;
  /** URL of Vault's API for services. */
  readonly vaultUrl: string;
}

/**
 * InfluxDB, set up without a human: an organisation, buckets that forget in time, and a token for
 * each writer and reader.
 *
 * InfluxDB makes up the tokens, so a task hands them to Vault, where their holders' layers read them.
 */
export class InfluxDb extends Construct {
  readonly service: SwarmService;
  /** The URL of its API for services on its network. */
  readonly url: string;

  constructor(scope: Construct, id: string, { networks, secrets, vaultUrl }: InfluxDbProps) {
    super(scope, id);
    const { environment, images } = LayerStack.of(this);
    const administratorToken = new SwarmSecret(this, "administrator-token", secrets("influxdb/administrator-token"));
    this.service = new SwarmService(this, "Resource", {
      image: images.influxdb,
      networks: [networks.ingressOperators, networks.influxdb],
      // The image's own entry point hands the token to a program as an argument, and never sets up again what was interrupted.
      command: ["/bin/sh", START_SCRIPT_PATH],
      environment: {
        ORGANIZATION: INFLUXDB_ORGANIZATION,
        PASSWORD_FILE: PASSWORD_PATH,
        TOKEN_FILE: TOKEN_PATH,
        DATA_FOLDER,
        INFLUXD_REPORTING_DISABLED: "true",
        INFLUXD_HARDENING_ENABLED: "true",
        INFLUXD_LOG_LEVEL: "warn",
        // Numbers of bytes: with a unit, some versions read 0.
        INFLUXD_STORAGE_CACHE_MAX_MEMORY_SIZE: String(64 * MEBIBYTE),
        INFLUXD_QUERY_CONCURRENCY: "4",
        INFLUXD_QUERY_QUEUE_SIZE: "16",
        INFLUXD_QUERY_MEMORY_BYTES: String(48 * MEBIBYTE),
        INFLUXD_QUERY_MAX_MEMORY_BYTES: String(192 * MEBIBYTE),
      },
      files: [
        new SwarmConfig(this, "start", { content: readFileSync(join(__dirname, "influxdb", "start.sh"), "utf8") }).at(
          START_SCRIPT_PATH,
        ),
        new SwarmSecret(this, "administrator-password", secrets("influxdb/administrator-password")).at(PASSWORD_PATH),
        administratorToken.at(TOKEN_PATH),
      ],
      volumes: [{ name: "data", path: DATA_FOLDER }],
      healthCheck: healthCheckOf(images.influxdb, Duration.seconds(60)),
      limits: { cpus: 0.5, memory: Memory.mebibytes(512) },
      // It writes what it has only in memory.
      stopGracePeriod: Duration.seconds(30),
    });
    this.url = `http://${this.service.address(PORT)}`;
    new MetricsEndpoint(this, "metrics", {
      service: this.service,
      port: PORT,
      keeps: {
        __name__: "influxdb_uptime_seconds|storage_shard_disk_size|http_write_request_count|process_.*|go_memstats_.*",
      },
    });
    new HttpRoute(this, "route", {
      service: this.service,
      label: "influxdb",
      port: PORT,
      audience: "operators",
      probe: { path: "/health", status: 200 },
    });
    new ProvisioningTask(this, "tokens", {
      script: "influxdb.mjs",
      modules: ["readers.mjs"],
      plan: {
        url: this.url,
        organization: INFLUXDB_ORGANIZATION,
        buckets: INFLUXDB_BUCKETS,
        tokens: Object.fromEntries(
          INFLUXDB_TOKEN_HOLDER_NAMES.map((holder) => {
            const path = influxDbTokenPath(holder);
            return [holder, { ...INFLUXDB_TOKEN_HOLDERS[holder], path, rotation: editionOf(environment, path) }];
          }),
        ),
        readers: INFLUXDB_READERS,
        vault: { url: vaultUrl, mount: SECRET_MOUNT, role: "influxdb" },
      },
      secrets: {
        "administrator-token": administratorToken,
        ...Object.fromEntries(
          INFLUXDB_READER_NAMES.map((reader) => {
            const name = `${reader}-password`;
            return [name, new SwarmSecret(this, name, secrets(influxDbPasswordPath(reader)))];
          }),
        ),
        "vault-secret-id": new SwarmSecret(this, "vault-secret-id", secrets("influxdb/vault-secret-id")),
      },
      networks: [networks.influxdb, networks.vault],
      after: [this.service],
    });
  }
}
