import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { APPLICATION_NAMES } from "../../../config/applications";
import { applicationImages } from "../../../config/images/applications";
import { applicationHealthCheck, variablesOfDeaf } from "../../../constructs/apps/application-health";
import { Duration } from "../../../constructs/swarm/duration";
import { programsIn } from "../../support/programs";
import { temporaryFolder } from "../../support/synthesis";
import { testImage } from "../../support/testing";

const startPeriod = Duration.seconds(90);
const URL = "http://rabbitmq.test:15692/metrics/detailed?family=node_metrics";

test("is the image's own for an application that hears the broker come back", () => {
  expect(applicationHealthCheck(testImage.healthCommand, startPeriod)).toEqual({
    command: testImage.healthCommand,
    startPeriod,
    timeout: Duration.seconds(8),
    retries: 9,
  });
});

test.each(APPLICATION_NAMES)("of %s has time for all that it asks", (name) => {
  const { command, timeout } = applicationHealthCheck(
    applicationImages("production")[name].healthCommand,
    startPeriod,
    "broker",
  );
  const seconds = [...command.join(" ").matchAll(/wget .*?-T (\d+)/g)].map(([, each]) => Number(each));

  expect(seconds).not.toEqual([]);
  expect(seconds.reduce((sum, each) => sum + each)).toBeLessThan(timeout?.seconds ?? 0);
});

describe("for an application that does not", () => {
  const folder = temporaryFolder();
  afterAll(() => rmSync(folder, { recursive: true }));
  // A container that began 4000 seconds ago, on a machine that has run for longer.
  mkdirSync(join(folder, "1"));
  writeFileSync(join(folder, "1/stat"), `1 (sh) S ${"0 ".repeat(18)}100000 2674688 200\n`);
  writeFileSync(join(folder, "uptime"), "5000.73 9000.12\n");

  const answer = (seconds: string) =>
    `echo '# TYPE rabbitmq_detailed_erlang_uptime_seconds gauge'; echo 'rabbitmq_detailed_erlang_uptime_seconds ${seconds}'`;

  interface Circumstances {
    readonly healthCommand?: readonly string[];
    /** A script in place of the broker. */
    readonly broker: string;
    /** The container's number among those of its service. */
    readonly slot?: number;
    readonly processes?: string;
  }

  /** Whether the container is healthy. */
  function isHealthy({
    healthCommand = ["CMD-SHELL", "true"],
    broker,
    slot = 1,
    processes = folder,
  }: Circumstances): boolean {
    const [kind, line = "", ...more] = applicationHealthCheck(healthCommand, startPeriod, "rabbitmq.test").command;
    const PATH = programsIn(folder, { wget: `for last; do :; done; [ "$last" = '${URL}' ] || exit 9\n${broker}` });
    const { status } = spawnSync("/bin/sh", ["-c", line.replaceAll("/proc/", `${processes}/`)], {
      env: { PATH, SPROCKET_TASK_SLOT: String(slot) },
    });
    expect([kind, more]).toEqual(["CMD-SHELL", []]);
    return status === 0;
  }

  test.each([
    ["older", "9000.5", true],
    ["as old", "4000", true],
    ["as old but for the start of the machine", "3970.1", true],
    ["younger", "3969.9", false],
    ["new", "0.5", false],
  ])("a broker that is %s says %s seconds: %s", (_, seconds, healthy) => {
    expect(isHealthy({ broker: answer(seconds) })).toBe(healthy);
  });

  test.each([
    [1, "0", false],
    [2, "0", true],
    [2, "119.9", true],
    [2, "120", false],
    [3, "120", true],
    [3, "240", false],
  ])(
    "its container %d says of a broker that is %s seconds old: %s, after the one before it",
    (slot, seconds, healthy) => {
      expect(isHealthy({ broker: answer(seconds), slot })).toBe(healthy);
    },
  );

  test("its container is told its number, and which broker it knows", () => {
    expect(variablesOfDeaf("7")).toEqual({ SPROCKET_TASK_SLOT: "{{.Task.Slot}}", SPROCKET_BROKER_REVISION: "7" });
  });

  test.each([
    ["silent", "exit 1"],
    ["not ready to tell", "echo 'rabbitmq_detailed_erlang_gc_runs_total 12'"],
  ])("a broker that is %s proves nothing", (_, broker) => {
    expect(isHealthy({ broker })).toBe(true);
  });

  test("a broker proves nothing about what fails by the image's own check", () => {
    expect(isHealthy({ healthCommand: ["CMD-SHELL", "false"], broker: answer("9000") })).toBe(false);
  });

  test.each([
    [["CMD", "test", "a b", "=", "a b"], true],
    [["CMD", "test", "a b", "=", "a  b"], false],
    [["CMD-SHELL", "false || true"], true],
  ])("the image's own check %j is asked too, and says %s", (healthCommand, healthy) => {
    expect(isHealthy({ healthCommand, broker: answer("9000") })).toBe(healthy);
  });

  test("this machine's own processes are understood", () => {
    const [uptime = ""] = readFileSync("/proc/uptime", "utf8").split(".");

    expect(isHealthy({ broker: answer(uptime), processes: "/proc" })).toBe(true);
  });
});
