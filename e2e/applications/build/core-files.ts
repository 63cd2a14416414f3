import { join } from "node:path";
import { bundled } from "./bundle";
import { filesAt, SOURCES } from "./folders";

const CORE = "/app/core";
const MIGRATIONS = join(SOURCES, "migrations");

/** What a developer's machine has; without variables the command for migrations would go there. */
const DEFAULT_CONFIGURATION = {
  db: { host: "localhost", port: "5432", username: "postgres", database: "sprocket_dev" },
};

/** What the image of core has beside the application: the command for migrations. */
export async function coreFiles(brokenMigration: boolean): Promise<Record<string, string | Uint8Array>> {
  const folders = brokenMigration ? [MIGRATIONS, join(MIGRATIONS, "broken")] : [MIGRATIONS];
  return {
    "/app/package.json": JSON.stringify({ name: "sprocket", private: true, workspaces: ["core"] }),
    "/app/node_modules/pg/index.js": await bundled("pg"),
    [`${CORE}/package.json`]: JSON.stringify({ name: "core", scripts: { "migration:run": "node migration-run.js" } }),
    [`${CORE}/config/default.json`]: JSON.stringify(DEFAULT_CONFIGURATION),
    [`${CORE}/migration-run.js`]: await bundled(join(SOURCES, "node", "migrations", "run.ts"), ["pg"]),
    ...Object.assign({}, ...folders.map((folder) => filesAt(`${CORE}/migrations`, folder, asTypeScript))),
  };
}

function asTypeScript(name: string): string {
  return name.replace(/\.sql$/, ".ts");
}
