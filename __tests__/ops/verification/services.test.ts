import type { DeclaredService } from "../../../ops/declaration/declaration";
import type { ObservedService, ObservedTask } from "../../../ops/swarm/observation";
import { serviceFindings } from "../../../ops/verification/services";

const NOW = new Date("2026-01-01T12:00:00Z");
const IMAGE = "docker.io/library/web:1@sha256:aa";

const secondsAgo = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

const declared: DeclaredService = {
  name: "sprocket-test-web",
  address: "docker_service.web",
  stack: "test-platform",
  image: IMAGE,
  replicas: 2,
  mayBeOff: false,
  publishedPorts: [],
  limits: { cpus: 1, memoryBytes: 1 },
};

const task = (changes: Partial<ObservedTask> = {}): ObservedTask => ({
  image: IMAGE,
  desired: "running",
  state: "running",
  since: secondsAgo(600),
  error: "",
  ...changes,
});

const observed: ObservedService = {
  name: declared.name,
  image: IMAGE,
  wanted: 2,
  update: undefined,
  publishedPorts: [],
  files: [],
  tasks: [task(), task()],
};

/** What is found of one service that differs from the usual. */
function found(of: Partial<ObservedService>, should: Partial<DeclaredService> = {}) {
  const [finding, ...others] = serviceFindings([{ ...declared, ...should }], [{ ...observed, ...of }], NOW);
  expect(others).toEqual([]);
  return finding;
}

test.each<[string, Partial<ObservedService>, Partial<DeclaredService>, string]>([
  ["after its first deploy", {}, {}, "2 running"],
  ["after an update", { update: { state: "completed", message: "update completed" } }, {}, "2 running"],
  [
    "whose tag Docker wrote out",
    { image: `${IMAGE}@sha256:bb`, tasks: [task({ image: `${IMAGE}@sha256:bb` })], wanted: 1 },
    { replicas: 1 },
    "1 running",
  ],
  ["on every node", { wanted: "global" }, { replicas: "global" }, "2 running"],
  ["with its ports in another order", { publishedPorts: [443, 80] }, { publishedPorts: [80, 443] }, "2 running"],
  [
    "whose containers ended in good order",
    { tasks: [task(), task(), task({ desired: "shutdown", state: "shutdown", since: secondsAgo(5) })] },
    {},
    "2 running",
  ],
  [
    "that failed a while ago",
    { tasks: [task(), task(), task({ desired: "shutdown", state: "failed", since: secondsAgo(61) })] },
    {},
    "2 running",
  ],
])("a service %s is well", (_, of, should, message) => {
  expect(found(of, should)).toEqual({ subject: declared.name, state: "ok", message });
});

test("a service that is off by what only a deployment knows is off", () => {
  expect(found({ wanted: 0, tasks: [] }, { mayBeOff: true, replicas: 1 })).toEqual({
    subject: declared.name,
    state: "off",
    message: "is off",
  });
});

test.each<[string, Partial<ObservedService>, Partial<DeclaredService>, string]>([
  [
    "was rolled back, though Terraform may have called it complete",
    { update: { state: "rollback_completed", message: "rolled back due to failure of task x" } },
    {},
    "was rolled back, and the former version runs: rolled back due to failure of task x",
  ],
  [
    "stopped in an update",
    { update: { state: "paused", message: "paused" } },
    {},
    "was left in the middle of an update: paused",
  ],
  [
    "stopped in a rollback",
    { update: { state: "rollback_paused", message: "p" } },
    {},
    "was left in the middle of a rollback: p",
  ],
  [
    "is to run another image",
    {
      image: "docker.io/library/web:0",
      tasks: [task({ image: "docker.io/library/web:0" }), task({ image: "docker.io/library/web:0" })],
    },
    {},
    `should run ${IMAGE}, and is to run docker.io/library/web:0`,
  ],
  ["goes on with an old image", { tasks: [task(), task({ image: "web:0" })] }, {}, "1 of 2 run another image"],
  ["lacks a container", { tasks: [task(), task({ state: "failed", since: secondsAgo(90) })] }, {}, "1 of 2 running"],
  ["was scaled by hand", { wanted: 1, tasks: [task()] }, {}, "should have 2 containers, and was told to have 1"],
  ["is off without a reason", { wanted: 0, tasks: [] }, {}, "should have 2 containers, and was told to have 0"],
  [
    "ends again and again",
    {
      tasks: [
        task(),
        task({ desired: "shutdown", state: "failed", since: secondsAgo(40), error: "first" }),
        task({ state: "rejected", since: secondsAgo(7), error: "No such image: web" }),
      ],
    },
    {},
    "1 of 2 running; 2 ended within the last 60 s, the last 7 s ago: No such image: web",
  ],
  ["publishes a port", { publishedPorts: [5432] }, {}, "should publish no port, and publishes 5432"],
  ["publishes no port", {}, { publishedPorts: [80] }, "should publish 80, and publishes none"],
])("a service that %s has failed", (_, of, should, message) => {
  expect(found(of, should)).toMatchObject({ subject: declared.name, state: "failed", message });
});

test.each<[string, Partial<ObservedService>, string]>([
  [
    "is being updated",
    { update: { state: "updating", message: "update in progress" } },
    "is being updated: update in progress",
  ],
  ["is being rolled back", { update: { state: "rollback_started", message: "r" } }, "is being rolled back: r"],
  [
    "has all its containers, and had one that ended a moment ago",
    {
      tasks: [
        task({ since: secondsAgo(2) }),
        task(),
        task({ desired: "shutdown", state: "failed", since: secondsAgo(9) }),
      ],
    },
    "1 ended within the last 60 s, the last 9 s ago: failed",
  ],
  ["starts", { tasks: [task(), task({ state: "starting", since: secondsAgo(3) })] }, "1 of 2 running"],
])("a service that %s is waited for", (_, of, message) => {
  expect(found(of)).toMatchObject({ subject: declared.name, state: "waiting", message });
});

test("a failure outweighs what is on its way, and both are said", () => {
  const tasks = [
    task({ state: "preparing" }),
    task({ state: "failed", since: secondsAgo(1), error: "unhealthy container" }),
  ];

  expect(found({ tasks, update: { state: "updating", message: "u" } })).toMatchObject({
    subject: declared.name,
    state: "failed",
    message: "is being updated: u; 0 of 2 running; 1 ended within the last 60 s, the last 1 s ago: unhealthy container",
  });
});

test("what is declared and not there, and what is there and not declared, are found", () => {
  expect(serviceFindings([declared], [{ ...observed, name: "sprocket-test-old" }], NOW)).toEqual([
    { subject: declared.name, state: "failed", message: "is not there; deploy test-platform" },
    { subject: "sprocket-test-old", state: "failed", message: "runs, and is not declared" },
  ]);
});

test.each<[string, Partial<ObservedService>, boolean]>([
  ["of which containers are missing is", { tasks: [task()] }, true],
  [
    "of which a container ended a moment ago is",
    { tasks: [task(), task(), task({ state: "failed", since: NOW })] },
    true,
  ],
  ["of which only the ports are wrong is not", { publishedPorts: [5432] }, false],
  ["that is well is not", {}, false],
])("a service %s explained by its log", (_, of, isInLog) => {
  expect(found(of)?.isInLog === true).toBe(isInLog);
});
