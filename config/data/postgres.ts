/**
 * PostgreSQL's major version: of the managed cluster, and of the container that stands in for it.
 */
export const POSTGRES_MAJOR_VERSION = 17;

/** What a role may do in a database: all of it, look, or connect and no more, for the server's statistics. */
export type DatabaseAccess = "owner" | "reader" | "guest";

interface DatabaseRole {
  readonly database: string;
  readonly access: DatabaseAccess;
  /** Who signs in as it. */
  readonly users: readonly string[];
}

/**
 * Who signs in to PostgreSQL. A database has one owner; nobody else sees more of it than the other kinds of access
 * say, and nobody connects to a database that is not named here.
 */
export const DATABASE_ROLES = {
  sprocket: { database: "sprocket", access: "owner", users: ["core", "migrations"] },
  // It runs whatever SELECT lies in the database.
  viewer: { database: "sprocket", access: "reader", users: ["image-generation-frontend"] },
  // Everybody may read how busy the server is.
  telegraf: { database: "sprocket", access: "guest", users: ["data-metrics"] },
} as const satisfies Record<string, DatabaseRole>;

/** The name of a role of PostgreSQL. */
export type DatabaseRoleName = keyof typeof DATABASE_ROLES;

/** The names of all roles. */
export const DATABASE_ROLE_NAMES = Object.keys(DATABASE_ROLES) as readonly DatabaseRoleName[];
