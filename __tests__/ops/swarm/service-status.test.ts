import type { ObservedService, ObservedTask } from "../../../ops/swarm/observation";
import { shortImage, statusOf } from "../../../ops/swarm/service-status";

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute));

const task = (changes: Partial<ObservedTask> = {}): ObservedTask => ({
  image: "web:1",
  desired: "running",
  state: "running",
  since: at(0),
  error: "",
  ...changes,
});

const service = (tasks: readonly ObservedTask[]): ObservedService => ({
  name: "sprocket-test-web",
  image: "docker.io/library/web:1@sha256:aa",
  wanted: 2,
  update: undefined,
  publishedPorts: [],
  files: [],
  tasks,
});

test("a service's age is that of its oldest running container", () => {
  const tasks = [task({ since: at(5) }), task({ since: at(3) }), task({ since: at(1), desired: "shutdown" })];

  expect(statusOf(service(tasks))).toEqual({
    service: "sprocket-test-web",
    running: 2,
    wanted: 2,
    image: "docker.io/library/web:1@sha256:aa",
    runningSince: at(3),
    lastProblem: null,
  });
});

test("the newest problem is the one to say, whether the container ended or could not begin", () => {
  const failed = task({ desired: "shutdown", state: "failed", since: at(1), error: "task: non-zero exit (1)" });
  const pending = task({ state: "pending", since: at(2), error: "no suitable node" });

  expect(statusOf(service([failed, task({ since: at(9) })])).lastProblem).toEqual({
    message: "task: non-zero exit (1)",
    time: at(1),
  });
  expect(statusOf(service([pending, failed]))).toMatchObject({
    running: 0,
    runningSince: null,
    lastProblem: { message: "no suitable node", time: at(2) },
  });
});

test.each([
  ["docker.io/library/redis:8.10.2-alpine@sha256:aa", "redis:8.10.2-alpine"],
  ["docker.io/asaxplayinghorse/core:main", "asaxplayinghorse/core:main"],
  ["quay.io/oauth2-proxy/oauth2-proxy:v7", "oauth2-proxy/oauth2-proxy:v7"],
  ["localhost/web:1", "web:1"],
  ["registry:5000/web:1@sha256:aa", "web:1"],
  ["core:dev", "core:dev"],
  ["web", "web"],
])("%s is %s for people", (reference, short) => {
  expect(shortImage(reference)).toBe(short);
});
