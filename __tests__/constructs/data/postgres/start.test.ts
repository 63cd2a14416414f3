import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { programsIn } from "../../../support/programs";
import { temporaryFolder } from "../../../support/synthesis";

const SCRIPT = join(__dirname, "../../../../constructs/data/postgres/start.sh");

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Starts with programs that write down how they were called. */
function start({ initdbEnds = 0 } = {}) {
  const log = join(folder, "log");
  writeFileSync(log, "");
  writeFileSync(join(folder, "password"), "planted");
  const PATH = programsIn(folder, {
    initdb: `echo "initdb $*" >>${log}\nmkdir "\${1#--pgdata=}"\nexit ${initdbEnds}`,
    postgres: `{ echo "postgres $*"; if test "$1" = --single; then cat; fi; } >>${log}`,
  });
  const { status } = spawnSync("/bin/sh", [SCRIPT, "-c", "port=5432"], {
    env: { PATH, DATA_FOLDER: folder, ADMINISTRATOR: "administrator", PASSWORD_FILE: join(folder, "password") },
  });
  return { status, calls: readFileSync(log, "utf8").replaceAll(folder, "").trimEnd().split("\n") };
}

const STARTED = [
  "postgres --single -c log_min_error_statement=panic postgres",
  "alter role administrator password 'planted';",
  "postgres -c port=5432",
];
const MADE = expect.stringMatching(/^initdb --pgdata=\/cluster\.new --username=administrator --pwfile=\/password /);

test("an empty folder gets a cluster, made beside its place and with the password in no argument", () => {
  expect(start()).toEqual({ status: 0, calls: [MADE, ...STARTED] });
  expect(readdirSync(folder)).toContain("cluster");
  expect(existsSync(join(folder, "cluster.new"))).toBe(false);
});

test("a cluster that is there is left alone, but for the password", () => {
  mkdirSync(join(folder, "cluster"));

  expect(start()).toEqual({ status: 0, calls: STARTED });
});

test("a cluster that was interrupted while it was made is made again", () => {
  mkdirSync(join(folder, "cluster.new/half"), { recursive: true });

  expect(start()).toEqual({ status: 0, calls: [MADE, ...STARTED] });
  expect(readdirSync(join(folder, "cluster"))).toEqual([]);
});

test("a cluster that cannot be made is not taken for one", () => {
  expect(start({ initdbEnds: 1 })).toEqual({ status: 1, calls: [MADE] });
  expect(existsSync(join(folder, "cluster"))).toBe(false);
});
