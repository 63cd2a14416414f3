import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { outcomeOf } from "../../../support/processes";
import { temporaryFolder } from "../../../support/synthesis";

const SCRIPT = readFileSync(join(__dirname, "../../../../constructs/apps/database/migrations.cjs"), "utf8");

let project: string;
beforeEach(() => {
  project = temporaryFolder();
});
afterEach(() => rmSync(project, { recursive: true }));

interface Database {
  readonly tables: readonly string[];
  /** The timestamps in the table of migrations. */
  readonly applied?: readonly string[];
  /** Why it cannot be reached. @default - it can */
  readonly refuses?: string;
}

/** Looks for the migrations of a project in a database, by a client in place of the real one. */
function prove({ tables, applied = [], refuses = "" }: Database, WITHOUT_SCHEMA = "refused") {
  const files = {
    "package.json": "{}",
    "proof.cjs": SCRIPT.replace('"/app/core"', JSON.stringify(project)),
    "secret/db-password.txt": "planted\n",
    "migrations/1700000000001-First.ts": "",
    "migrations/1700000000002-Second.ts": "",
    "migrations/README.md": "",
    "node_modules/pg/index.js": `
exports.Client = class {
  constructor({ password }) { if (password !== "planted") throw new Error("wrong password"); }
  async connect() { if (${JSON.stringify(refuses)}) throw new Error(${JSON.stringify(refuses)}); }
  async query(text, values) {
    if (text.includes("information_schema")) {
      return { rows: ${JSON.stringify(tables)} };
    }
    return text.includes("to_regclass")
      ? { rows: [{ exists: ${JSON.stringify(tables)}.includes(values[0]) }] }
      : { rows: ${JSON.stringify(applied.map((timestamp) => ({ timestamp })))} };
  }
  async end() {}
};`,
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(project, path, ".."), { recursive: true });
    writeFileSync(join(project, path), content);
  }
  const variables = { DB_HOST: "db", DB_PORT: "5432", DB_USERNAME: "u", DB_DATABASE: "sprocket", WITHOUT_SCHEMA };
  return outcomeOf([join(project, "proof.cjs")], { variables });
}

const SCHEMA = ["mledb.player"];
const MIGRATED = [...SCHEMA, "public.migrations"];

test.each<[string, Database, number, string]>([
  ["all", { tables: MIGRATED, applied: ["1700000000002", "1700000000001", "1600000000000"] }, 0, ""],
  [
    "one but not the other",
    { tables: MIGRATED, applied: ["1700000000001", "170000000000"] },
    1,
    "Not applied to sprocket: 1700000000002-Second.ts\n",
  ],
  [
    "none, and has no table of them",
    { tables: SCHEMA, applied: ["1700000000001"] },
    1,
    "Not applied to sprocket: 1700000000001-First.ts, 1700000000002-Second.ts\n",
  ],
])("a database that has %s is told so", async (_, database, status, stdout) => {
  expect(await prove(database)).toEqual({ status, stdout, stderr: "" });
});

test("a database without a schema proves it where it may, and nowhere else", async () => {
  expect(await prove({ tables: [] }, "allowed")).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("no schema"),
  });
  expect(await prove({ tables: [] })).toMatchObject({ status: 1 });
});

test("a schema has to be migrated also where it could be missing", async () => {
  expect(await prove({ tables: SCHEMA }, "allowed")).toMatchObject({ status: 1 });
});

test("a database that cannot be reached proves nothing, and says why", async () => {
  expect(await prove({ tables: MIGRATED, refuses: "no route to host" })).toEqual({
    status: 1,
    stdout: "",
    stderr: "The migrations cannot be looked up: no route to host\n",
  });
});
