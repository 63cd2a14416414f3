import { Progress } from "../../../ops/deployment/progress";
import type { Watch } from "../../../ops/deployment/watch";
import type { ObservedService, ObservedTask } from "../../../ops/swarm/observation";

const address = "docker_service.web";
const name = "sprocket-local-web";
const event = (type: string, addr: string, action = "create") => ({ type, hook: { resource: { addr }, action } });

function progress(changes: readonly (readonly [string, string])[], watch: Partial<Watch> = {}): Progress {
  return new Progress(
    changes.map(([address, action]) => ({ address, action })),
    new Map([[address, name]]),
    { service: () => undefined, evidenceOf: () => undefined, ...watch } as Watch,
  );
}

function service(states: readonly string[], wanted: number | "global"): ObservedService {
  const tasks = states.map((state): ObservedTask => {
    return { image: "", desired: state === "failed" ? "shutdown" : "running", state, since: new Date(), error: "" };
  });
  return { name, image: "", wanted, update: undefined, publishedPorts: [], files: [], tasks };
}

let now = 0;

beforeEach(() => {
  jest.spyOn(performance, "now").mockImplementation(() => now);
});
afterEach(() => {
  jest.restoreAllMocks();
});

test("what is replaced is done in two steps, and what is only read is no step", () => {
  const all = progress([
    ["docker_secret.a", "create"],
    ["docker_secret.b", "replace"],
    ["docker_config.e", "delete"],
  ]);

  expect(String(all)).toBe("0 of 4 done");
  for (const [addr, action] of [
    ["docker_secret.b", "delete"],
    ["docker_secret.b", "create"],
    ["data.vault_kv.c", "read"],
  ] as const) {
    all.note(event("apply_start", addr, action));
    all.note(event("apply_complete", addr, action));
  }
  expect(String(all)).toBe("2 of 4 done");
});

test("what is under way says for how long, until it ended well or badly", () => {
  const all = progress([
    ["docker_secret.a", "create"],
    ["docker_secret.b", "create"],
  ]);
  now = 1_000;
  all.note(event("apply_start", "docker_secret.a"));
  now = 3_000;
  all.note(event("apply_start", "docker_secret.b"));
  now = 4_600;

  expect(String(all)).toBe("0 of 2 done\ndocker_secret.a 4 s\ndocker_secret.b 2 s");
  all.note(event("apply_errored", "docker_secret.a"));
  expect(String(all)).toBe("1 of 2 done\ndocker_secret.b 2 s");
  all.note(event("apply_complete", "docker_secret.b"));
  expect(String(all)).toBe("2 of 2 done");
});

test.each<[string, Partial<Watch>, string]>([
  ["how many of its containers run", { service: () => service(["running", "starting"], 2) }, "1/2 running"],
  ["that it runs everywhere", { service: () => service(["running"], "global") }, "1/global running"],
  [
    "what Swarm said last, cut where it is long",
    {
      service: () => service(["failed"], 1),
      evidenceOf: () => ({ service: name, errors: ["first", "x".repeat(200)], log: [] }),
    },
    `0/1 running (${"x".repeat(100)})`,
  ],
])("a service that is under way says %s", (_, watch, state) => {
  const all = progress([[address, "create"]], watch);
  now = 0;
  all.note(event("apply_start", address));
  now = 7_000;

  expect(String(all)).toBe(`0 of 1 done\n${name} ${state} 7 s`);
});

test("what is no resource's part in an apply changes nothing", () => {
  const all = progress([[address, "create"]]);
  for (const type of ["version", "planned_change", "outputs"]) {
    all.note({ type });
  }
  all.note(event("apply_progress", address));

  expect(String(all)).toBe("0 of 1 done");
});
