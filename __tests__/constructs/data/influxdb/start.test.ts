import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { programsIn } from "../../../support/programs";
import { temporaryFolder } from "../../../support/synthesis";

const SCRIPT = join(__dirname, "../../../../constructs/data/influxdb/start.sh");
const PARTS = ["engine", "influxd.bolt", "influxd.sqlite"];

let folder: string;
let data: string;
beforeEach(() => {
  folder = temporaryFolder();
  data = join(folder, "data");
  mkdirSync(data);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Starts with programs that write down how they were called, and what was said to them. */
function start({ setUpEnds = 0 } = {}) {
  const log = join(folder, "log");
  writeFileSync(log, "");
  rmSync(join(folder, "up"), { force: true });
  writeFileSync(join(folder, "password"), "planted-password");
  writeFileSync(join(folder, "token"), "planted-token");
  const PATH = programsIn(folder, {
    influxd: `
      if test -z "$INFLUXD_HTTP_BIND_ADDRESS"; then echo "influxd serves $INFLUXD_BOLT_PATH" >>${log}; exit; fi
      mkdir "$INFLUXD_ENGINE_PATH"; touch "$INFLUXD_BOLT_PATH" "$INFLUXD_SQLITE_PATH" ${folder}/up
      exec sleep 60`,
    curl: `
      case "$*" in
        */health) test -e ${folder}/up ;;
        */setup) { echo "curl $*"; cat; echo; } >>${log}; exit ${setUpEnds} ;;
        *) { echo "curl $*"; cat; echo; } >>${log} ;;
      esac`,
    // The machine's own would wait for every disk.
    sync: "",
  });
  const { status, stderr } = spawnSync("/bin/sh", [SCRIPT], {
    env: {
      PATH,
      DATA_FOLDER: data,
      ORGANIZATION: "sprocket",
      PASSWORD_FILE: join(folder, "password"),
      TOKEN_FILE: join(folder, "token"),
    },
    encoding: "utf8",
  });
  return { status, stderr, calls: readFileSync(log, "utf8").replaceAll(folder, "").trimEnd().split("\n") };
}

const SERVES = "influxd serves /data/influxd.bolt";
const SET_UP = [
  "curl -fsS -o /dev/null --data-binary @- http://127.0.0.1:9999/api/v2/setup",
  '{"username":"administrator","password":"planted-password","org":"sprocket","bucket":"unused","retentionPeriodSeconds":3600,"token":"planted-token"}',
  "curl -fsS -o /dev/null -H @- http://127.0.0.1:9999/api/v2/orgs?org=sprocket",
  "Authorization: Token planted-token",
];

test("an empty folder is set up out of everybody's sight, with no secret in an argument", () => {
  expect(start()).toMatchObject({ status: 0, calls: [...SET_UP, SERVES] });
  expect(readdirSync(data)).toEqual(PARTS);
});

test("what was set up is left alone", () => {
  writeFileSync(join(data, "influxd.bolt"), "kept");

  expect(start()).toMatchObject({ status: 0, calls: [SERVES] });
  expect(readFileSync(join(data, "influxd.bolt"), "utf8")).toBe("kept");
});

test("what was interrupted while it was set up is set up again", () => {
  mkdirSync(join(data, ".set-up"));
  writeFileSync(join(data, ".set-up/influxd.bolt"), "half");
  mkdirSync(join(data, "engine/half"), { recursive: true });

  expect(start()).toMatchObject({ status: 0, calls: [...SET_UP, SERVES] });
  expect(readdirSync(data)).toEqual(PARTS);
  expect(readdirSync(join(data, "engine"))).toEqual([]);
});

test("measurements without their owner are not overwritten", () => {
  mkdirSync(join(data, "engine"));

  expect(start()).toMatchObject({ status: 1, stderr: expect.stringContaining("restore a backup"), calls: [""] });
  expect(readdirSync(data)).toEqual(["engine"]);
});

test("a server that cannot be set up ends, and is set up at the next start", () => {
  expect(start({ setUpEnds: 22 })).toMatchObject({ status: 22, calls: SET_UP.slice(0, 2) });
  expect(start()).toMatchObject({ status: 0, calls: [...SET_UP, SERVES] });
});
