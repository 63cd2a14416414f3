import {
  INFLUXDB_READER_NAMES,
  INFLUXDB_TOKEN_HOLDER_NAMES,
  INFLUXDB_TOKEN_HOLDERS,
  type InfluxDbReaderName,
  type InfluxDbTokenHolderName,
} from "../data/influxdb";
import { BUCKET_USER_NAMES, BUCKET_USERS, type BucketUserName } from "../data/object-storage";
import { DATABASE_ROLE_NAMES, DATABASE_ROLES, type DatabaseRoleName } from "../data/postgres";
import { RABBITMQ_USER_NAMES, type RabbitMqUserName } from "../data/rabbitmq";
import type { FoundationSecret, GeneratedSecret, ServiceSecret, VaultSecret } from "./secret";

/** Nobody guesses it. Letters and digits alone, because some applications put it into a URL as it is. */
const PASSWORD_LENGTH = 40;
const INFLUXDB_KEEPS_IT = "InfluxDB keeps the one that it was set up with";

/** Where a role of PostgreSQL has its password. */
export const databasePasswordPath = <N extends DatabaseRoleName>(role: N) => `postgres/${role}-password` as const;

/** Where a user of RabbitMQ has its password. */
export const rabbitMqPasswordPath = <N extends RabbitMqUserName>(user: N) => `rabbitmq/${user}-password` as const;

/** Where a user of object storage has the first half of its key. */
export const accessKeyIdPath = <N extends BucketUserName>(user: N) => `object-storage/${user}-access-key-id` as const;

/** Where a user of object storage has the second half of its key. */
export const secretAccessKeyPath = <N extends BucketUserName>(user: N) =>
  `object-storage/${user}-secret-access-key` as const;

/** Where a user of InfluxDB has its token. */
export const influxDbTokenPath = <N extends InfluxDbTokenHolderName>(holder: N) => `influxdb/${holder}-token` as const;

/** Where a reader of InfluxDB has its password. */
export const influxDbPasswordPath = <N extends InfluxDbReaderName>(reader: N) => `influxdb/${reader}-password` as const;

const generated = (purpose: string, users: readonly string[], length = PASSWORD_LENGTH): GeneratedSecret => ({
  origin: "generated",
  purpose,
  users,
  length,
});

const vaultSecret = (purpose: string, role: string): VaultSecret => ({ origin: "vault", purpose, users: [role], role });

/** One secret for each of several names. */
function forEach<Name extends string, Path extends string, S>(
  names: readonly Name[],
  pathOf: (name: Name) => Path,
  secretOf: (name: Name) => S,
): Readonly<Record<Path, S>> {
  return Object.fromEntries(names.map((name) => [pathOf(name), secretOf(name)])) as Record<Path, S>;
}

/** A password that the cloud's foundation hands on, and that is generated elsewhere. */
function fromFoundation(
  purpose: string,
  users: readonly string[],
  place: Pick<FoundationSecret, "output" | "key">,
  elsewhere: FoundationSecret["elsewhere"] = { length: PASSWORD_LENGTH },
): FoundationSecret {
  return { origin: "foundation", purpose, users, ...place, elsewhere };
}

/**
 * What this project, the cloud's foundation or a data service makes up, by path.
 */
export const PLATFORM_SECRETS = {
  "core/jwt-key": generated("Signs the sessions of players", ["core"], 128),
  "redis/password": generated("Opens Redis to the applications", [
    "core",
    "notification-service",
    "matchmaking-service",
    "submission-service",
    "replay-parse-service",
  ]),
  "postgres/administrator-password": fromFoundation(
    "Opens all of PostgreSQL to the task that makes roles",
    ["postgres"],
    {
      output: "databaseAdminPassword",
    },
  ),
  ...forEach(DATABASE_ROLE_NAMES, databasePasswordPath, (role) => {
    const { database, access, users } = DATABASE_ROLES[role];
    return generated(`Opens the database ${database} to its ${access} ${role}`, users);
  }),
  "grafana/secret-key": generated("Encrypts what Grafana keeps of its data sources and sessions", ["grafana"]),
  "rabbitmq/administrator-password": generated("Opens the broker's pages to an operator", ["rabbitmq"]),
  ...forEach(RABBITMQ_USER_NAMES, rabbitMqPasswordPath, (user) =>
    generated(`Opens the message broker to ${user}`, [user]),
  ),
  "object-storage/root-secret-access-key": {
    ...generated("Opens all of the S3 server to the task that makes buckets, where there is no cloud", ["s3"]),
    onlyOutsideCloud: true,
  },
  ...forEach(BUCKET_USER_NAMES, accessKeyIdPath, (user) =>
    // The S3 server's users have the names of its users.
    fromFoundation(
      `Names ${user} to object storage`,
      [user],
      { output: "spacesAccessKeyIds", key: user },
      { name: user },
    ),
  ),
  ...forEach(BUCKET_USER_NAMES, secretAccessKeyPath, (user) =>
    fromFoundation(`Opens the bucket ${BUCKET_USERS[user].bucket} to ${user}`, [user], {
      output: "spacesSecretAccessKeys",
      key: user,
    }),
  ),
  "influxdb/administrator-password": {
    ...generated("Opens InfluxDB's pages to an operator", ["influxdb"]),
    fixed: INFLUXDB_KEEPS_IT,
  },
  "influxdb/administrator-token": {
    ...generated("Opens all of InfluxDB to the task that makes tokens", ["influxdb"]),
    fixed: INFLUXDB_KEEPS_IT,
  },
  ...forEach(INFLUXDB_READER_NAMES, influxDbPasswordPath, (reader) =>
    generated(`Lets ${reader} read what the applications measured`, [reader]),
  ),
  "influxdb/vault-secret-id": vaultSecret("Lets the task that makes tokens keep them in Vault", "influxdb"),
  ...forEach(
    INFLUXDB_TOKEN_HOLDER_NAMES,
    influxDbTokenPath,
    (holder): ServiceSecret => ({
      origin: "service",
      by: "influxdb",
      purpose: `Lets ${holder} ${INFLUXDB_TOKEN_HOLDERS[holder].access} in InfluxDB`,
      users: [holder],
    }),
  ),
} as const;
