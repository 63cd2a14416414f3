import { SwarmTask } from "../../constructs/swarm/swarm-task";
import { synthesiseEverything } from "../support/synthesis";
import { environmentNamed, interpolated } from "../support/testing";
import { type Budget, budgetFaults, budgetLine, budgetOf } from "./budget";
import { type DeployedEnvironment, type DeployedService, deployedEnvironments } from "./deployed";

let deployed: readonly DeployedEnvironment[];
beforeAll(() => {
  deployed = deployedEnvironments(synthesiseEverything());
});

test("every machine is large enough for what runs on it", () => {
  expect(
    deployed.flatMap((each) =>
      budgetFaults(budgetOf(each), each.environment).map((fault) => `${each.environment.name}: ${fault}`),
    ),
  ).toEqual([]);
});

// Whoever changes a limit changes this, and sees what is left.
test("the limits come to", () => {
  const lines = deployed.map((each) => budgetLine(budgetOf(each), each.environment));
  expect(`\n${lines.join("\n")}\n`).toMatchInlineSnapshot(`
    "
    production: steady 7832 MiB, start 9600 MiB, update 10936 MiB, of 12083 MiB for containers out of 16384 MiB; processors 18.05, of 24
    staging: steady 7128 MiB, start 8896 MiB, update 10232 MiB, of 12083 MiB for containers out of 16384 MiB; processors 16.55, of 24
    lan: steady 7774 MiB, start 9632 MiB, update 10878 MiB; processors 19.3; no droplet
    local: steady 7710 MiB, start 9568 MiB, update 10814 MiB; processors 19.05; no droplet
    "
  `);
});

interface Fixture {
  /** @default 100 */
  readonly memory?: number;
  /** @default 1 */
  readonly cpus?: number;
  /** @default 1 */
  readonly replicas?: number | string;
  /** @default false */
  readonly stopFirst?: boolean;
  readonly after?: readonly string[];
  /** What a task does in the end; no task without it. */
  readonly task?: "sleep" | "work";
  /** @default "layer-2" */
  readonly layer?: string;
}

/** The budget of services by their ids. */
function budgetWith(fixtures: Readonly<Record<string, Fixture>>): Budget {
  const environment = environmentNamed("production");
  return budgetOf({
    environment,
    services: Object.entries(fixtures).map(([id, each]) => serviceLike(id, each)),
  });
}

function serviceLike(id: string, fixture: Fixture): DeployedService {
  const { memory = 100, cpus = 1, replicas = 1, stopFirst = false, after = [], task, layer = "layer-2" } = fixture;
  const ending = task === "sleep" ? "while :; do sleep 3600 & wait $!; done" : "exec work";
  return {
    name: `production-${layer} docker_service.${id}`,
    json: {
      depends_on: after.map((other) => `docker_service.${other}`),
      mode: { replicated: { replicas } },
      update_config: { order: stopFirst ? "stop-first" : "start-first" },
      task_spec: {
        container_spec: { args: [`touch /tmp/verified\n${ending}\n`] },
        resources: {
          limits: { memory_bytes: memory * 1024 * 1024, nano_cpus: cpus * 1e9 },
        },
      },
    },
    owners: task === undefined ? [] : [Object.create(SwarmTask.prototype)],
    networks: [],
  };
}

const IDLE = 6;

describe("the budget", () => {
  test("is the sum of every container's limits", () => {
    const twice = { memory: 300, cpus: 0.5, replicas: 2, stopFirst: true };
    expect(budgetWith({ one: { stopFirst: true }, twice })).toEqual({
      steady: 700,
      start: 700,
      update: 700,
      processors: 2,
      mostProcessors: 1,
    });
  });

  test("counts what may be switched off as running", () => {
    const replicas = interpolated('contains(data.off, "it") ? 0 : 2');
    expect(budgetWith({ maybe: { replicas } }).steady).toBe(200);
  });

  test("has one more of each that starts its next first, however many there are", () => {
    expect(
      budgetWith({
        one: {},
        three: { replicas: 3, after: ["one"] },
        alone: { stopFirst: true },
      }),
    ).toMatchObject({
      steady: 500,
      update: 700,
    });
  });

  test("has one layer's more at once", () => {
    expect(
      budgetWith({
        below: { memory: 50, layer: "layer-1" },
        above: { layer: "platform" },
      }).update,
    ).toBe(250);
  });

  test("has a task at work at the start, and asleep after that", () => {
    expect(
      budgetWith({
        task: { memory: 1000, task: "sleep" },
        one: { stopFirst: true },
      }),
    ).toMatchObject({
      steady: 100 + IDLE,
      start: 1100,
      update: 1100 + IDLE,
    });
  });

  test("has a task at work beside what does not wait for it, and not beside what does", () => {
    const services = {
      task: { memory: 1000, task: "sleep" },
      middle: { after: ["task"], stopFirst: true },
      waiting: { memory: 500, after: ["middle"] },
      other: { memory: 200 },
    } as const;
    const steady = IDLE + 100 + 500 + 200;
    expect(budgetWith(services)).toMatchObject({
      steady,
      update: steady + 1000 + 200,
    });
    expect(
      budgetWith({
        ...services,
        waiting: { ...services.waiting, memory: 2000 },
      }),
    ).toMatchObject({
      update: steady + 1500 + 2000 + 200,
    });
  });

  test("has tasks at work side by side, unless one waits for the other", () => {
    const first = { task: "sleep" } as const;
    expect(budgetWith({ first, second: { task: "sleep" } }).update).toBe(2 * IDLE + 200);
    expect(budgetWith({ first, second: { task: "sleep", after: ["first"] } }).update).toBe(2 * IDLE + 100);
  });

  test("takes a task that goes on working for a service like any other", () => {
    expect(budgetWith({ task: { task: "work" } })).toMatchObject({
      steady: 100,
      update: 200,
    });
  });
});

describe("a machine of 8 GiB and 4 processors", () => {
  const { cloud } = environmentNamed("production");
  const machine = { cloud: cloud && { ...cloud, droplet: "s-4vcpu-8gb" as const } };
  /** Without a fifth, and without 1 GiB. */
  const available = 5529;
  const fitting: Budget = {
    steady: available,
    start: available,
    update: available,
    processors: 12,
    mostProcessors: 4,
  };

  test("holds what just fits", () => {
    expect(budgetFaults(fitting, machine)).toEqual([]);
  });

  test.each<[Partial<Budget>, string]>([
    [{ steady: available + 1 }, "steady: 5530 MiB of 5529 MiB"],
    [{ start: available + 1 }, "start: 5530 MiB of 5529 MiB"],
    [{ update: available + 1 }, "update: 5530 MiB of 5529 MiB"],
    [{ mostProcessors: 4.5 }, "one container may use 4.5 of 4 processors"],
    [{ processors: 12.5 }, "the limits of processors come to 12.5, and may come to 12"],
  ])("does not hold %j", (change, fault) => {
    expect(budgetFaults({ ...fitting, ...change }, machine)).toEqual([fault]);
  });

  test("is all that is judged: nobody knows how large another one is", () => {
    expect(budgetFaults({ ...fitting, start: 1_000_000 }, { cloud: undefined })).toEqual([]);
  });
});
