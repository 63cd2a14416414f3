import { readFileSync } from "node:fs";
import { join } from "node:path";
import { conditional, Fn, TerraformVariable, Token } from "cdktf";
import { Construct } from "constructs";
import { DATABASE_ROLES } from "../../config/data/postgres";
import { isMissing } from "../secrets/secret-value";
import { Duration } from "../swarm/duration";
import { Memory } from "../swarm/memory";
import { SwarmConfig } from "../swarm/swarm-config";
import { SwarmSecret } from "../swarm/swarm-secret";
import type { SwarmService } from "../swarm/swarm-service";
import { SwarmTask } from "../swarm/swarm-task";
import { LayerStack } from "../terraform/layer-stack";
import type { Backing } from "./backing";

const SCRIPT_PATH = "/task/restore.sh";
const DUMP_PATH = "/task/schema-dump";
const PASSWORD_PATH = "/run/secrets/password";
const ROLE = "sprocket";
/** The variable by which people bring the dump. */
const VARIABLE = "schema_dump";
/** What is in the dump's place where there is none. */
const NO_DUMP = "none";

/**
 * Whether the applications' database may lack its schema: on a laptop, where who has no dump should still see
 * everything start.
 */
export function withoutSchema({ environment }: LayerStack): "allowed" | "refused" {
  return environment.platform === "laptop" ? "allowed" : "refused";
}

/**
 * Brings the schema to an empty database, from a dump that a person brings: no migration makes the tables that the
 * first of them changes. Nothing is ever restored over anything.
 */
export class DatabaseSchema extends Construct {
  /** What waits for the result. */
  readonly ready: SwarmService;
  /** Another one for each dump. */
  readonly revision: string;

  constructor(scope: Construct, id: string, { postgres, networks, secrets }: Backing) {
    super(scope, id);
    const stack = LayerStack.of(this);
    const dump = new TerraformVariable(stack, VARIABLE, {
      type: "string",
      default: "",
      nullable: false,
      description:
        "Absolute path of a dump of the schema, by pg_dump as text and compressed by gzip, for a database that is empty.",
    }).stringValue;
    const content = Token.asString(conditional(isMissing(dump), NO_DUMP, Fn.filebase64(dump)));
    const script = readFileSync(join(__dirname, "database", "restore.sh"), "utf8");
    const dumpFile = new SwarmConfig(this, "dump", { content });
    const task = new SwarmTask(this, "Resource", {
      image: stack.images.postgres,
      networks: [networks.postgres],
      environment: {
        PGHOST: postgres.host,
        PGPORT: Token.asString(postgres.port),
        PGUSER: ROLE,
        PGDATABASE: DATABASE_ROLES[ROLE].database,
        PGCONNECT_TIMEOUT: "5",
        PASSWORD_FILE: PASSWORD_PATH,
        DUMP_FILE: DUMP_PATH,
        WITHOUT_SCHEMA: withoutSchema(stack),
      },
      files: [
        new SwarmConfig(this, "restore", { content: script }).at(SCRIPT_PATH),
        dumpFile.at(DUMP_PATH),
        new SwarmSecret(this, "password", secrets(`postgres/${ROLE}-password`)).at(PASSWORD_PATH),
      ],
      work: `sh -eu ${SCRIPT_PATH} restore`,
      verify: `sh -eu ${SCRIPT_PATH} prove`,
      timeout: Duration.minutes(2),
      limits: { cpus: 0.5, memory: Memory.mebibytes(96) },
    });
    this.ready = task.service;
    this.revision = dumpFile.resource.name;
  }
}
