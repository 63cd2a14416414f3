import { dockerEngine, engineFrame, logFrame, swarmService } from "../support/docker-engine";
import { ops } from "../support/ops-command";
import { startedOps } from "../support/processes";

/** Runs the command with an engine in place of Docker's. */
function logs(dockerHost: string, ...args: readonly string[]) {
  return ops(["logs", "local", ...args], { DOCKER_HOST: dockerHost });
}

const startedLogs = (dockerHost: string, ...args: readonly string[]) =>
  startedOps(["logs", "local", ...args], { DOCKER_HOST: dockerHost });

/** An engine with two services, one of which has two containers and a former one that Swarm forgot. */
const engine = () =>
  dockerEngine({
    "/services": [swarmService("sprocket-local-web", 2), swarmService("sprocket-local-api")],
    "/tasks/w1": { Slot: 1 },
    "/tasks/w2": { Slot: 2 },
    "/tasks/a1": { Slot: 1 },
    "/services/sprocket-local-web/logs": Buffer.concat([
      logFrame("w1", 1, "first"),
      logFrame("w1", 4, "fourth", 2),
      logFrame("w2", 2, "second"),
      logFrame("gone", 0, "before"),
      engineFrame("Error grabbing logs: incomplete"),
    ]),
    "/services/sprocket-local-api/logs": Buffer.concat([logFrame("a1", 3, "third"), logFrame("a1", 5, "fifth")]),
  });

test("the lines of all services are in the order of time, and each says whose it is", async () => {
  const docker = await engine();
  const outcome = await logs(docker.address);
  docker.close();

  expect(outcome).toEqual({
    status: 0,
    stdout: [
      "web   | before",
      "web.1 | first",
      "web.2 | second",
      "api.1 | third",
      "web.1 | fourth",
      "api.1 | fifth",
      "web   | Error grabbing logs: incomplete",
      "",
    ].join("\n"),
    stderr: "",
  });
});

test.each([
  [["api"], "third\nfifth\n"],
  [["sprocket-local-api", "--timestamps", "--tail", "1"], "2026-01-01T12:00:05.000000000Z fifth\n"],
  [["web", "--tail", "1"], "web.1 | fourth\nweb   | Error grabbing logs: incomplete\n"],
])("of %j only that is shown", async (args, stdout) => {
  const docker = await engine();
  const outcome = await logs(docker.address, ...args);
  docker.close();

  expect(outcome).toEqual({ status: 0, stdout, stderr: "" });
});

test("a duration is a time to Docker", async () => {
  const docker = await engine();
  const before = Date.now() / 1000;
  await logs(docker.address, "api", "--since", "2h");
  docker.close();
  const since = Number(docker.asked.get("/services/sprocket-local-api/logs")?.get("since"));

  expect(since).toBeGreaterThanOrEqual(Math.floor(before - 7_200));
  expect(since).toBeLessThan(before - 7_200 + 30);
});

test.each<[string, readonly string[], RegExp]>([
  [
    "a service that is not there",
    ["moon"],
    /^ops logs: 1 fault\n {2}- moon: is no service of local; write api, web\n$/,
  ],
  ["a wrong duration", ["--since", "10"], /Write a number and s, m, h or d, such as 10m\./],
  ["a wrong number of lines", ["--tail", "all"], /Write a number of lines\./],
])("%s is an error that says what would be right", async (_, args, message) => {
  const docker = await engine();
  const { status, stdout, stderr } = await logs(docker.address, ...args);
  docker.close();

  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(message);
});

test("where nothing runs it says so, and how to start it", async () => {
  const docker = await dockerEngine();
  const { status, stderr } = await logs(docker.address, "api");
  docker.close();

  expect(status).toBe(1);
  expect(stderr).toBe("ops logs: 1 fault\n  - local: Nothing of local is in the Swarm. To start it: npm run up\n");
});

test("Ctrl-C ends what is followed, in good order", async () => {
  const docker = await dockerEngine({
    "/services": [swarmService("sprocket-local-api")],
    "/services/sprocket-local-api/logs": (response) => {
      response.write(logFrame("a1", 1, "first"));
      setTimeout(() => response.write(logFrame("a1", 2, "second")), 50);
    },
  });
  const { child, outcome } = startedLogs(docker.address, "api", "--follow");
  child.stdout?.on("data", (text: string) => text.includes("second") && child.kill("SIGINT"));

  expect(await outcome).toEqual({ status: 0, stdout: "first\nsecond\n", stderr: "" });
  docker.close();
  expect(docker.asked.get("/services/sprocket-local-api/logs")?.get("follow")).toBe("true");
});

test("where one service cannot be followed, none is", async () => {
  const docker = await dockerEngine({
    "/services": [swarmService("sprocket-local-api"), swarmService("sprocket-local-web")],
    "/services/sprocket-local-api/logs": (response) => void response.write(logFrame("a1", 1, "first")),
  });
  const { status, stderr } = await logs(docker.address, "--follow");
  docker.close();

  expect(status).toBe(1);
  expect(stderr).toMatch(/no such service.*\nTo see where in the code this comes from, run the same with --debug\.\n$/);
});

test("a reader that has seen enough ends it without an error", async () => {
  const docker = await dockerEngine({
    "/services": [swarmService("sprocket-local-api")],
    "/services/sprocket-local-api/logs": Buffer.concat(
      Array.from({ length: 50_000 }, (_, index) => logFrame("a1", 1, `line ${index}`)),
    ),
  });
  const { child, outcome } = startedLogs(docker.address, "--tail", "50000");
  child.stdout?.once("data", () => child.stdout?.destroy());

  expect(await outcome).toMatchObject({ status: 0, stderr: "" });
  docker.close();
});
