import type { MountableFile } from "../swarm/file-mount";
import type { NetworkReference } from "../swarm/network-reference";
import type { SwarmService } from "../swarm/swarm-service";

/** PostgreSQL's port inside. */
export const POSTGRES_PORT = 5432;
/** The name by which applications reach the database: with it alone, one of them does without TLS. */
export const POSTGRES_ALIAS = "postgres";

/** A PostgreSQL server, as its administrator reaches it. */
export interface PostgresAccess {
  /** The networks by which it is reached. */
  readonly networks: readonly NetworkReference[];
  readonly host: string;
  readonly port: number;
  /** The administrator's role. */
  readonly administrator: string;
  readonly password: MountableFile;
  /** A database that is there from the beginning. */
  readonly maintenanceDatabase: string;
  /**
   * The certificate of the authority that signed the server's, in PEM.
   *
   * @default - it speaks no TLS
   */
  readonly caCertificate?: string;
  /** What must run before it answers. */
  readonly after: readonly SwarmService[];
}
