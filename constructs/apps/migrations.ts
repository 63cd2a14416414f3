import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { Duration } from "../swarm/duration";
import { Memory } from "../swarm/memory";
import { SwarmConfig } from "../swarm/swarm-config";
import { SwarmSecret } from "../swarm/swarm-secret";
import type { SwarmService } from "../swarm/swarm-service";
import { SwarmTask } from "../swarm/swarm-task";
import { LayerStack } from "../terraform/layer-stack";
import type { Backing } from "./backing";
import { type DatabaseSchema, withoutSchema } from "./database-schema";
import { databaseSection } from "./sections";

const SCRIPT_PATH = "/task/migrations.cjs";

export interface MigrationsProps {
  readonly backing: Backing;
  /** What brings the schema that the first migration changes. */
  readonly schema: DatabaseSchema;
}

/**
 * Brings the database to what the API of this release expects, before that starts.
 *
 * Whether it worked is judged by the database: the applications' own command says yes either way.
 */
export class Migrations extends Construct {
  /** What waits for the result. */
  readonly ready: SwarmService;

  constructor(scope: Construct, id: string, { backing, schema }: MigrationsProps) {
    super(scope, id);
    const stack = LayerStack.of(this);
    const { host, port, username, database } = databaseSection(backing, "sprocket");
    const script = readFileSync(join(__dirname, "database", "migrations.cjs"), "utf8");
    const proof = `node ${SCRIPT_PATH}`;
    const task = new SwarmTask(this, "Resource", {
      // The command compiles the API first, and writes the result beside the source.
      image: { ...stack.images.core, writablePaths: "anywhere" },
      networks: [backing.networks.postgres],
      environment: {
        NODE_ENV: "production",
        DB_HOST: host,
        DB_PORT: Token.asString(port),
        DB_USERNAME: username,
        DB_DATABASE: database,
        WITHOUT_SCHEMA: withoutSchema(stack),
        // A schema that comes later has to be migrated too, so it works again.
        SPROCKET_SCHEMA_REVISION: schema.revision,
      },
      files: [
        new SwarmConfig(this, "proof", { content: script }).at(SCRIPT_PATH),
        // Its own folder: the command reads another than the API does.
        new SwarmSecret(this, "db-password", backing.secrets("postgres/sprocket-password")).at(
          "/app/core/secret/db-password.txt",
        ),
      ],
      work: `
if ${proof} >/dev/null; then
  exit 0
fi
cd /app
npm run migration:run --workspace=core`,
      verify: proof,
      // It compiles the API first, and then waits for locks of whoever uses the tables.
      timeout: Duration.minutes(10),
      limits: { cpus: 1, memory: Memory.mebibytes(1536) },
      after: [schema.ready],
    });
    this.ready = task.service;
  }
}
