import { dockerEngine, swarmService, swarmTask } from "../support/docker-engine";
import { ops } from "../support/ops-command";

const MINUTE = 60_000;
const api = "sprocket-local-api";
const web = "sprocket-local-web";

/** Runs the command with an engine in place of Docker's. */
function status(dockerHost: string, ...args: readonly string[]) {
  return ops(["status", ...args], { DOCKER_HOST: dockerHost });
}

const ago = (milliseconds: number) => new Date(Date.now() - milliseconds - MINUTE / 2);

/** An engine with a service that is well and one that is not. */
const engine = () =>
  dockerEngine({
    "/services": [
      swarmService(web, 2, "docker.io/asaxplayinghorse/web:main@sha256:aa"),
      swarmService(api, 1, "docker.io/asaxplayinghorse/core:main"),
    ],
    "/tasks": [
      swarmTask(web, "running", ago(3 * MINUTE)),
      swarmTask(web, "running", ago(125 * MINUTE)),
      swarmTask(api, "failed", ago(4 * MINUTE), "task: non-zero exit (1)"),
      swarmTask(api, "failed", ago(2 * MINUTE), "task: non-zero exit (137)"),
    ],
  });

test("says of each service how many run, of what, since when, and what went wrong last; then where the pages are", async () => {
  const docker = await engine();
  const { status: code, stdout, stderr } = await status(docker.address, "local");
  docker.close();
  const lines = stdout.split("\n").map((line) => line.trimEnd());

  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(lines.slice(0, 3).map((line) => line.split(/ {2,}/))).toEqual([
    ["SERVICE", "RUNNING", "IMAGE", "FOR", "LAST PROBLEM"],
    [api, "0/1", "asaxplayinghorse/core:main", "2 min ago: task: non-zero exit (137)"],
    [web, "2/2", "asaxplayinghorse/web:main", "2 h"],
  ]);
  expect(lines).toEqual(expect.arrayContaining(["http://localhost", "http://api.localhost"]));
  expect(stdout).toMatch(/\n\nWhether this is as declared: npm run ops -- verify local\n$/);
});

test("says it to programs as JSON", async () => {
  const docker = await engine();
  const { status: code, stdout, stderr } = await status(docker.address, "local", "--json");
  docker.close();
  const { services, urls } = JSON.parse(stdout);

  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(services).toEqual([
    {
      service: api,
      running: 0,
      wanted: 1,
      image: "docker.io/asaxplayinghorse/core:main",
      runningSince: null,
      lastProblem: { message: "task: non-zero exit (137)", time: expect.stringMatching(/^\d{4}-.*Z$/) },
    },
    expect.objectContaining({ service: web, running: 2, lastProblem: null }),
  ]);
  expect(urls).toEqual(expect.arrayContaining(["http://localhost", "http://api.localhost"]));
});

test.each([
  ["local", "npm run up"],
  ["lan", "npm run ops -- up lan"],
])("where nothing of %s runs it says so, and how to start it", async (environment, command) => {
  const docker = await dockerEngine();
  const outcome = await status(docker.address, environment);
  docker.close();

  expect(outcome).toEqual({
    status: 0,
    stdout: `Nothing of ${environment} is in the Swarm. To start it: ${command}\n`,
    stderr: "",
  });
});

test("a Docker that does not answer is an error", async () => {
  const { status: code, stdout, stderr } = await status("unix:///none/docker.sock", "local");

  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(/^Docker: 1 fault\n {2}- unix:.*ENOENT/);
});
