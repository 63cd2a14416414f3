import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A migration, as TypeORM knows it. */
export interface Migration {
  readonly timestamp: string;
  /** The name of its class. */
  readonly name: string;
  readonly sql: string;
}

const FILE = /^(?<timestamp>\d{13})-(?<name>\w+)\.ts$/;
const COMPILED = "dist/migrations";

/**
 * The migrations of a folder, oldest first. Here such a file is SQL, whatever its name says. Each leaves a file behind
 * where the real one is compiled to, so that a file system that cannot be written is noticed.
 */
export function compiledMigrations(core: string): readonly Migration[] {
  const folder = join(core, "migrations");
  mkdirSync(join(core, COMPILED), { recursive: true });
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const { timestamp = "", name = "" } = FILE.exec(file)?.groups ?? {};
      if (timestamp === "") {
        return [];
      }
      const sql = readFileSync(join(folder, file), "utf8");
      writeFileSync(join(core, COMPILED, file.replace(/\.ts$/, ".js")), JSON.stringify(sql));
      return [{ timestamp, name: `${name}${timestamp}`, sql }];
    });
}
