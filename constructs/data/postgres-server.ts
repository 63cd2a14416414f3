import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Construct } from "constructs";
import type { StoredSecret } from "../secrets/stored-secrets";
import { Duration } from "../swarm/duration";
import { healthCheckOf } from "../swarm/health-check";
import { Memory } from "../swarm/memory";
import type { NetworkReference } from "../swarm/network-reference";
import { SwarmConfig } from "../swarm/swarm-config";
import { SwarmSecret } from "../swarm/swarm-secret";
import { SwarmService } from "../swarm/swarm-service";
import { LayerStack } from "../terraform/layer-stack";
import { POSTGRES_ALIAS, POSTGRES_PORT, type PostgresAccess } from "./postgres-access";

const ADMINISTRATOR = "administrator";
const DATA_FOLDER = "/var/lib/postgresql/data";
const START_SCRIPT_PATH = "/etc/sprocket/start.sh";
const ACCESS_RULES_PATH = "/etc/sprocket/pg_hba.conf";
const PASSWORD_PATH = "/run/secrets/administrator-password";

export interface PostgresServerProps {
  /** The network by which applications reach it. */
  readonly network: NetworkReference;
  readonly administratorPassword: StoredSecret;
}

/**
 * PostgreSQL in a container, where there is no cloud with a managed cluster.
 */
export class PostgresServer extends Construct {
  readonly service: SwarmService;
  readonly access: PostgresAccess;

  constructor(scope: Construct, id: string, { network, administratorPassword }: PostgresServerProps) {
    super(scope, id);
    const password = new SwarmSecret(this, "administrator-password", administratorPassword);
    const image = LayerStack.of(this).images.postgres;
    const script = readFileSync(join(__dirname, "postgres", "start.sh"), "utf8");
    this.service = new SwarmService(this, "Resource", {
      image,
      networks: [{ ...network, aliases: [POSTGRES_ALIAS] }],
      // The image's own entry point takes a cluster that was interrupted while it was made for a whole one.
      command: ["/bin/sh", START_SCRIPT_PATH],
      args: Object.entries({
        hba_file: ACCESS_RULES_PATH,
        listen_addresses: "*",
        unix_socket_directories: "",
        max_connections: "60",
        shared_buffers: "96MB",
        // Longer than a checkpoint needs; a shorter one would write more.
        checkpoint_timeout: "15min",
      }).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
      environment: { DATA_FOLDER, ADMINISTRATOR, PASSWORD_FILE: PASSWORD_PATH },
      files: [
        new SwarmConfig(this, "start", { content: script }).at(START_SCRIPT_PATH),
        new SwarmConfig(this, "access-rules", { content: "host all all all scram-sha-256\n" }).at(ACCESS_RULES_PATH),
        password.at(PASSWORD_PATH),
      ],
      volumes: [{ name: "data", path: DATA_FOLDER }],
      // The first start makes the cluster; any other may have to replay what was not written before a crash.
      healthCheck: healthCheckOf(image, Duration.minutes(2)),
      limits: { cpus: 1, memory: Memory.mebibytes(384) },
      stopGracePeriod: Duration.seconds(30),
    });
    this.access = {
      networks: [network],
      host: POSTGRES_ALIAS,
      port: POSTGRES_PORT,
      administrator: ADMINISTRATOR,
      password,
      maintenanceDatabase: "postgres",
      after: [this.service],
    };
  }
}
