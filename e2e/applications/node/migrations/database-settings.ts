import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Settings } from "pg";
import { at, merged, type Tree } from "../contract/tree";

/**
 * Where the migrations go. The variables are others than those of the running application, and so are the files: the
 * command runs in the folder of core. Without either it is the database of a developer's own machine.
 *
 * @throws Error without a password
 */
export function databaseSettings(core: string, environment: NodeJS.ProcessEnv): Settings {
  const configuration = ["default", environment.NODE_ENV ?? "development"]
    .map((name) => join(core, "config", `${name}.json`))
    .filter((path) => existsSync(path))
    .reduce<Tree>((tree, path) => merged(tree, JSON.parse(readFileSync(path, "utf8")) as Tree), {});
  const passwordFile = join(core, "secret", "db-password.txt");
  const password = environment.DB_PASSWORD || (existsSync(passwordFile) ? readFileSync(passwordFile, "utf8") : "");
  if (password === "") {
    throw new Error(`there is neither DB_PASSWORD nor ${passwordFile}`);
  }
  return {
    host: environment.DB_HOST || String(at(configuration, "db.host")),
    port: Number(environment.DB_PORT || at(configuration, "db.port")),
    user: environment.DB_USERNAME || String(at(configuration, "db.username")),
    database: environment.DB_DATABASE || String(at(configuration, "db.database")),
    password: password.trim(),
    ssl: environment.DB_SSL === "true" ? { rejectUnauthorized: false } : false,
  };
}
