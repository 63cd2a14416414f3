import type { Environment } from "../../config/schema";
import { deployedEnvironments } from "../policies/deployed";
import { environmentPolicies } from "../policies/environment-policies";
import { cloudLike } from "../support/cloud";
import { type Synthesis, synthesiseEverything } from "../support/synthesis";
import { addressesOf } from "../support/testing";

const ON_THE_DATA = "node.labels.sprocket.data == true";

interface Placed {
  readonly stack: string;
  readonly id: string;
  readonly constraints: readonly string[];
  readonly hasVolume: boolean;
  readonly publishes: boolean;
}

const shapes = {
  "1 machine": cloudLike({}),
  "3 managers": cloudLike({ managers: 3 }),
  "3 managers and 2 workers": cloudLike({ managers: 3, workers: 2 }),
} as const satisfies Record<string, Environment>;

const syntheses = new Map<string, Synthesis>();
beforeAll(() => {
  for (const [shape, environment] of Object.entries(shapes)) {
    syntheses.set(shape, synthesiseEverything([environment]));
  }
});

function servicesOf(shape: string): readonly Placed[] {
  return (syntheses.get(shape)?.stacks ?? []).flatMap(({ name, json }) =>
    Object.entries<any>(json.resource?.docker_service ?? {}).map(([id, { task_spec, endpoint_spec }]) => ({
      stack: name,
      id,
      constraints: task_spec.placement.constraints,
      hasVolume: (task_spec.container_spec.mounts ?? []).some(({ type }: any) => type === "volume"),
      publishes: endpoint_spec.ports.length > 0,
    })),
  );
}

/** The machine that a constraint names. */
const namedIn = (constraints: readonly string[]) =>
  constraints.flatMap((constraint) => /^node\.hostname == sprocket-staging-(.+)$/.exec(constraint)?.[1] ?? []);

describe.each(Object.entries(shapes))("%s", (shape, { cloud }) => {
  const others = [
    ...Array.from({ length: (cloud?.managers ?? 1) - 1 }, (_, index) => `manager-${index + 2}`),
    ...Array.from({ length: cloud?.workers ?? 0 }, (_, index) => `worker-${index + 1}`),
  ];

  test("what has a volume or publishes a port is where the data is, but for collectors of other machines", () => {
    const staying = servicesOf(shape).filter(({ hasVolume, publishes }) => hasVolume || publishes);

    expect(staying.length).toBeGreaterThan(8);
    for (const { id, constraints } of staying) {
      const [machine] = namedIn(constraints);
      expect([id, constraints]).toEqual([
        id,
        machine === undefined ? [ON_THE_DATA] : [`node.hostname == sprocket-staging-${machine}`],
      ]);
      expect(machine === undefined || /^(logs|metrics)_/.test(id)).toBe(true);
    }
  });

  test("applications run anywhere", () => {
    const applications = servicesOf(shape).filter(({ stack }) => stack === "staging-platform");

    expect(applications.filter(({ constraints }) => constraints.length > 0)).toEqual([]);
  });

  test("every machine has a collector of logs and one of figures, beside the one whom that asks", () => {
    const collectors = servicesOf(shape).flatMap(({ id, constraints }) =>
      namedIn(constraints).map((machine) => `${id} on ${machine}`),
    );

    expect([...collectors].sort()).toEqual(
      others
        .map((machine) => [machine, machine.replace("-", "_")])
        .flatMap(([machine, id]) =>
          [`logs_${id}`, `metrics_${id}`, `metrics_${id}_docker`].map((service) => `${service} on ${machine}`),
        )
        .sort(),
    );
  });

  test.each(Object.entries(environmentPolicies))("%s", (_, policy) => {
    const [deployed] = deployedEnvironments(syntheses.get(shape) as Synthesis);

    expect(deployed === undefined ? ["there is no environment"] : policy(deployed)).toEqual([]);
  });
});

test("another machine changes nothing of what runs on the first", () => {
  const [one, ...more] = Object.keys(shapes).map((shape) => {
    const stacks = syntheses.get(shape)?.stacks ?? [];
    return Object.fromEntries(stacks.map(({ name, json }) => [name, json]));
  });
  for (const layer of ["layer-1", "secrets", "platform"].map((name) => `staging-${name}`)) {
    expect(more.map((each) => each[layer])).toEqual(more.map(() => one?.[layer]));
  }
  const services = (json: any) => json?.resource.docker_service;
  const { prometheus: _, ...unchanged } = services(one?.["staging-layer-2"]);
  for (const each of more) {
    expect(services(each["staging-layer-2"])).toMatchObject(unchanged);
    expect(addressesOf(each["staging-layer-2"] as never)).toEqual(
      expect.arrayContaining([...addressesOf(one?.["staging-layer-2"] as never)]),
    );
  }
});

test("one machine alone tells of the Swarm's services, which all managers would tell of", () => {
  const json = syntheses.get("3 managers and 2 workers")?.stacks.find(({ name }) => name === "staging-layer-2")?.json;
  const asking = Object.entries(json?.locals ?? {}).filter(([id]) => /^(node_)?metrics_.*configuration/.test(id));

  expect(asking.length).toBe(5);
  expect(asking.filter(([, text]) => text.includes("gather_services = true")).map(([id]) => id)).toEqual([
    "node_metrics_configuration",
  ]);
});
