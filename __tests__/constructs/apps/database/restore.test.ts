import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { programsIn } from "../../../support/programs";
import { temporaryFolder } from "../../../support/synthesis";

const SCRIPT = join(__dirname, "../../../../constructs/apps/database/restore.sh");
const SCHEMA = "create schema mledb;\n";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Circumstances {
  readonly tables: number;
  /** What is in the dump's file. */
  readonly dump?: string;
  readonly withoutSchema?: "allowed" | "refused";
  /** How the client ends that restores. */
  readonly ends?: number;
}

const DUMP = gzipSync(SCHEMA).toString("base64");

/** Runs a part of the script against a client that counts tables, and writes down what else it is told. */
function run(part: "restore" | "prove", { tables, dump = "none", withoutSchema = "refused", ends = 0 }: Circumstances) {
  const restored = join(folder, "restored");
  writeFileSync(join(folder, "password"), "planted");
  writeFileSync(join(folder, "dump"), dump);
  const PATH = programsIn(folder, {
    pg_isready: "true",
    psql: `
[ "$PGPASSWORD" = planted ] || exit 9
case "$*" in
  *"select count"*) echo ${tables} ;;
  *) { echo "$*"; cat; } >${restored}; exit ${ends} ;;
esac`,
  });
  const { status, stdout, stderr } = spawnSync("/bin/sh", ["-eu", SCRIPT, part], {
    env: {
      PATH,
      PGDATABASE: "sprocket",
      PASSWORD_FILE: join(folder, "password"),
      DUMP_FILE: join(folder, "dump"),
      WITHOUT_SCHEMA: withoutSchema,
    },
    encoding: "utf8",
  });
  return { status, said: stdout + stderr, restored: existsSync(restored) ? readFileSync(restored, "utf8") : undefined };
}

test("an empty database gets the dump, all of it or nothing", () => {
  const { status, restored = "" } = run("restore", { tables: 0, dump: DUMP });
  const [options = "", ...schema] = restored.split(/(?<=\n)/);

  expect(status).toBe(0);
  expect(options.trim().split(" ")).toEqual(expect.arrayContaining(["-X", "-1", "ON_ERROR_STOP=1"]));
  expect(schema.join("")).toBe(SCHEMA);
});

test("a dump that cannot be restored is a failure", () => {
  expect(run("restore", { tables: 0, dump: DUMP, ends: 3 }).status).toBe(3);
});

test.each([["refused"], ["allowed"]] as const)(
  "nothing is restored over anything, where no schema is %s",
  (withoutSchema) => {
    expect(run("restore", { tables: 1, dump: DUMP, withoutSchema })).toEqual({
      status: 0,
      said: "The database sprocket has 1 tables, views and sequences: nothing is restored over them.\n",
      restored: undefined,
    });
  },
);

test.each([
  ["no dump", "none"],
  ["what is no dump", Buffer.from(SCHEMA).toString("base64")],
  ["half a dump", gzipSync(SCHEMA).subarray(0, 20).toString("base64")],
])("an empty database with %s is a failure that says what to bring, where a schema must be", (_, dump) => {
  const { status, said, restored } = run("restore", { tables: 0, dump });

  expect([status, restored]).toEqual([1, undefined]);
  expect(said).toContain("TF_VAR_schema_dump");
});

test("an empty database without a dump stays empty where it may", () => {
  const { status, said, restored } = run("restore", { tables: 0, withoutSchema: "allowed" });

  expect([status, restored]).toEqual([0, undefined]);
  expect(said).toContain("stays so");
});

test.each([
  [1, "refused", 0],
  [1, "allowed", 0],
  [0, "allowed", 0],
  [0, "refused", 1],
] as const)("%d tables, where no schema is %s, prove it with %d", (tables, withoutSchema, status) => {
  expect(run("prove", { tables, withoutSchema })).toMatchObject({ status, restored: undefined });
});
