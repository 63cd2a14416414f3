import { Fn } from "cdktf";
import { Construct } from "constructs";
import { DATABASE_ROLE_NAMES, DATABASE_ROLES, type DatabaseRoleName } from "../../config/data/postgres";
import { databasePasswordPath } from "../../config/secrets/platform-secrets";
import type { StoredSecrets } from "../secrets/stored-secrets";
import { Duration } from "../swarm/duration";
import { healthCheckOf } from "../swarm/health-check";
import { iniFile } from "../swarm/ini-file";
import { Memory } from "../swarm/memory";
import { SwarmConfig } from "../swarm/swarm-config";
import { SwarmSecret } from "../swarm/swarm-secret";
import { SwarmService } from "../swarm/swarm-service";
import type { TrustNetworkReferences } from "../swarm/trust-networks";
import { LayerStack } from "../terraform/layer-stack";
import { POSTGRES_ALIAS, POSTGRES_PORT } from "./postgres-access";

const CONFIGURATION_PATH = "/etc/pgbouncer/pgbouncer.ini";
const CERTIFICATE_PATH = "/etc/pgbouncer/ca.pem";
const USERS_PATH = "/run/secrets/users";
/**
 * How many connections to the cluster each role may have. The smallest cluster takes 22: two are left for
 * whoever connects to it directly. While one PgBouncer replaces another, a new session may have to wait until
 * the old one's are free.
 */
const CONNECTIONS = { sprocket: 14, viewer: 4, telegraf: 2 } as const satisfies Record<DatabaseRoleName, number>;

export interface PgBouncerProps {
  /** `postgres` by which applications reach it, and `egress` by which it reaches the cluster. */
  readonly networks: Pick<TrustNetworkReferences, "postgres" | "egress">;
  readonly secrets: StoredSecrets;
  /** The managed cluster; every value may be a token. */
  readonly cluster: { readonly host: string; readonly port: number; readonly caCertificate: string };
  /** What must have made the roles. */
  readonly after: readonly SwarmService[];
}

/**
 * The way to the managed cluster, which refuses connections without TLS, for applications of which
 * one cannot speak it.
 *
 * A session keeps its connection to the cluster until it ends, so the applications' pools together
 * must not be larger than what the cluster takes.
 */
export class PgBouncer extends Construct {
  readonly service: SwarmService;

  constructor(scope: Construct, id: string, { networks, secrets, cluster, after }: PgBouncerProps) {
    super(scope, id);
    const image = LayerStack.of(this).images.pgbouncer;
    // Each name and password in quotes, as JSON has them.
    const users = DATABASE_ROLE_NAMES.map((role) =>
      Fn.join(" ", [Fn.jsonencode(role), Fn.jsonencode(secrets(databasePasswordPath(role)).value)]),
    );
    this.service = new SwarmService(this, "Resource", {
      image,
      networks: [{ ...networks.postgres, aliases: [POSTGRES_ALIAS] }, networks.egress],
      command: ["pgbouncer", CONFIGURATION_PATH],
      files: [
        new SwarmConfig(this, "configuration", { content: configuration(cluster) }).at(CONFIGURATION_PATH),
        new SwarmConfig(this, "ca", { content: cluster.caCertificate }).at(CERTIFICATE_PATH),
        new SwarmSecret(this, "users", { value: Fn.join("\n", [...users, ""]) }).at(USERS_PATH),
      ],
      healthCheck: healthCheckOf(image, Duration.seconds(10)),
      limits: { cpus: 0.25, memory: Memory.mebibytes(64) },
      // It waits until every session has ended, and applications never end theirs.
      stopGracePeriod: Duration.seconds(10),
      after,
    });
  }
}

function configuration({ host, port }: PgBouncerProps["cluster"]): string {
  const databases = [...new Set(DATABASE_ROLE_NAMES.map((role) => DATABASE_ROLES[role].database))];
  return iniFile({
    databases: Object.fromEntries(databases.map((name) => [name, `host=${host} port=${port} dbname=${name}`])),
    users: Object.fromEntries(DATABASE_ROLE_NAMES.map((role) => [role, `pool_size=${CONNECTIONS[role]}`])),
    pgbouncer: {
      listen_addr: "*",
      listen_port: POSTGRES_PORT,
      unix_socket_dir: "",
      // Not SCRAM towards the applications: up to 1.26.0, whoever knows one password could be any other role by it.
      auth_type: "md5",
      auth_file: USERS_PATH,
      client_tls_sslmode: "disable",
      server_tls_sslmode: "verify-full",
      server_tls_ca_file: CERTIFICATE_PATH,
      pool_mode: "session",
      default_pool_size: 1,
      max_client_conn: 200,
      // What the applications' libraries ask for at the start and PgBouncer cannot pass on; the roles have the timeout
      // instead. The comma at the end matters: up to 1.26.0 an option without a name hangs it otherwise.
      ignore_startup_parameters: "extra_float_digits,idle_in_transaction_session_timeout,search_path,options,",
      query_wait_timeout: 20,
      server_login_retry: 2,
      server_connect_timeout: 5,
      client_login_timeout: 15,
      log_connections: 0,
      log_disconnections: 1,
      log_stats: 0,
    },
  });
}
