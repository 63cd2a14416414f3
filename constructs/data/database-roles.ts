import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Construct } from "constructs";
import {
  DATABASE_ROLE_NAMES,
  DATABASE_ROLES,
  type DatabaseAccess,
  type DatabaseRoleName,
} from "../../config/data/postgres";
import { databasePasswordPath } from "../../config/secrets/platform-secrets";
import type { StoredSecrets } from "../secrets/stored-secrets";
import { Duration } from "../swarm/duration";
import { SwarmConfig } from "../swarm/swarm-config";
import { SwarmSecret } from "../swarm/swarm-secret";
import type { SwarmService } from "../swarm/swarm-service";
import { SwarmTask } from "../swarm/swarm-task";
import { LayerStack } from "../terraform/layer-stack";
import type { PostgresAccess } from "./postgres-access";

const SCRIPTS_FOLDER = join(__dirname, "postgres");
const TASK_FOLDER = "/task";
const PASSWORDS_FOLDER = "/run/secrets/roles";
const ADMINISTRATOR_PASSWORD_PATH = "/run/secrets/administrator-password";
const CERTIFICATE_PATH = "/etc/ssl/postgres-ca.pem";

export interface DatabaseRolesProps {
  /** The server, as its administrator reaches it. */
  readonly server: PostgresAccess;
  readonly secrets: StoredSecrets;
}

/**
 * Makes PostgreSQL's databases and roles, on a container and on a managed cluster alike: each role is
 * let in to one database, and does there what `config/data/postgres.ts` says.
 */
export class DatabaseRoles extends Construct {
  /** What waits for the result. */
  readonly ready: SwarmService;

  constructor(scope: Construct, id: string, { server, secrets }: DatabaseRolesProps) {
    super(scope, id);
    const certificates =
      server.caCertificate === undefined
        ? []
        : [new SwarmConfig(this, "ca", { content: server.caCertificate }).at(CERTIFICATE_PATH)];
    const passwords = DATABASE_ROLE_NAMES.map((role) =>
      new SwarmSecret(this, role, secrets(databasePasswordPath(role))).at(`${PASSWORDS_FOLDER}/${role}`),
    );
    const scripts = ["maintenance.sql", "role.sql", "owner.sql", "reader.sql", "guest.sql", "verify.sql"].map((file) =>
      this.config(file, readFileSync(join(SCRIPTS_FOLDER, file), "utf8")),
    );
    const task = new SwarmTask(this, "Resource", {
      image: LayerStack.of(this).images.postgres,
      networks: server.networks,
      environment: {
        PGHOST: server.host,
        PGPORT: String(server.port),
        PGUSER: server.administrator,
        PGDATABASE: server.maintenanceDatabase,
        PGSSLMODE: certificates.length === 0 ? "disable" : "verify-full",
        PGSSLROOTCERT: CERTIFICATE_PATH,
        PGCONNECT_TIMEOUT: "5",
      },
      files: [
        ...scripts,
        this.config("make.sql", makeScript()),
        this.config("verify-all.sql", verifyScript()),
        ...passwords,
        server.password.at(ADMINISTRATOR_PASSWORD_PATH),
        ...certificates,
      ],
      work: [SHELL_FUNCTIONS, "as_administrator make.sql"].join("\n"),
      verify: [
        SHELL_FUNCTIONS,
        ...DATABASE_ROLE_NAMES.map((role) => `signs_in ${role} ${DATABASE_ROLES[role].database}`),
        "as_administrator verify-all.sql",
      ].join("\n"),
      timeout: Duration.minutes(1),
      after: server.after,
    });
    this.ready = task.service;
  }

  private config(name: string, content: string) {
    return new SwarmConfig(this, name.replace(".", "-"), { content }).at(`${TASK_FOLDER}/${name}`);
  }
}

const SHELL_FUNCTIONS = `
as_administrator() {
  PGPASSWORD=$(cat ${ADMINISTRATOR_PASSWORD_PATH})
  export PGPASSWORD
  until pg_isready -q || psql -X -c ""; do sleep 1; done
  psql -X -q -v ON_ERROR_STOP=1 -v secrets=${PASSWORDS_FOLDER} -f "${TASK_FOLDER}/$1" >/dev/null
}

signs_in() {
  PGPASSWORD=$(cat "${PASSWORDS_FOLDER}/$1")
  export PGPASSWORD
  psql -X -q -U "$1" -d "$2" -c "select 1" >/dev/null
}`;

function rolesWith(access: DatabaseAccess): readonly DatabaseRoleName[] {
  return DATABASE_ROLE_NAMES.filter((role) => DATABASE_ROLES[role].access === access);
}

function ownerOf(database: string): string {
  return rolesWith("owner").find((role) => DATABASE_ROLES[role].database === database) as string;
}

/** A script of psql's that sets variables and runs another. */
function include(file: string, variables: Readonly<Record<string, string>>): string {
  return [
    ...Object.entries(variables).map(([name, value]) => `\\set ${name} ${value}`),
    `\\i ${TASK_FOLDER}/${file}`,
  ].join("\n");
}

function makeScript(): string {
  return [
    "set client_min_messages = warning;",
    `\\i ${TASK_FOLDER}/maintenance.sql`,
    ...DATABASE_ROLE_NAMES.map((role) => include("role.sql", { role })),
    ...rolesWith("owner").map((role) => include("owner.sql", { role, database: DATABASE_ROLES[role].database })),
    ...(["reader", "guest"] as const).flatMap((access) =>
      rolesWith(access).map((role) => {
        const { database } = DATABASE_ROLES[role];
        return include(`${access}.sql`, { role, database, owner: ownerOf(database) });
      }),
    ),
    "",
  ].join("\n");
}

function verifyScript(): string {
  return DATABASE_ROLE_NAMES.map((role) => {
    const { database, access } = DATABASE_ROLES[role];
    return [
      `\\connect ${database}`,
      include("verify.sql", { role, database, access, owner: ownerOf(database) }),
      "",
    ].join("\n");
  }).join("\n");
}
