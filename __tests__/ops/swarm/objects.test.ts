import { objectsOf, remove, volumesOf } from "../../../ops/swarm/objects";
import { swarmService } from "../../support/docker-engine";
import { type Swarm, type SwarmContent, swarm, swarmNetwork, swarmObject } from "../../support/swarm";

jest.mock("node:timers/promises", () => jest.requireActual("../../support/short-pauses"));

const PREFIX = "sprocket-local";
const created = new Date("2026-01-01T12:00:00Z");
const engines: Swarm[] = [];

async function engine(...args: Parameters<typeof swarm>): Promise<Swarm> {
  const made = await swarm(...args);
  engines.push(made);
  return made;
}

afterEach(() => {
  for (const made of engines.splice(0)) {
    made.close();
  }
});

describe("what an environment has", () => {
  const content: Partial<SwarmContent> = {
    networks: [swarmNetwork(`${PREFIX}-ingress`, created), swarmNetwork("ingress", created)],
    configs: [swarmObject(`${PREFIX}-traefik-file`, created), swarmObject("sprocket-lan-traefik-file", created)],
    secrets: [swarmObject(`${PREFIX}-api-key`, created), swarmObject("sprocket-localhost-key", created)],
    services: [{ ...swarmService(`${PREFIX}-api`), CreatedAt: created.toISOString() }],
  };

  test("is all that has its prefix, first what uses others", async () => {
    const { docker } = await engine(content);
    const objects = await objectsOf(docker, PREFIX);

    expect(objects.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      `service ${PREFIX}-api`,
      `secret ${PREFIX}-api-key`,
      `config ${PREFIX}-traefik-file`,
      `network ${PREFIX}-ingress`,
    ]);
    expect(objects.map((it) => it.created)).toEqual(Array(4).fill(created));
  });

  test("are only services that carry its label", async () => {
    const asked: (string | null)[] = [];
    const { docker } = await engine(content, { "GET /services": ({ query }) => void asked.push(query.get("filters")) });
    await objectsOf(docker, PREFIX);

    expect(asked).toEqual([JSON.stringify({ label: [`sprocket.environment=${PREFIX}`] })]);
  });

  test("can be removed, each by its handle", async () => {
    const made = await engine(content);
    for (const { handle } of await objectsOf(made.docker, PREFIX)) {
      await remove(handle);
    }

    expect(await objectsOf(made.docker, PREFIX)).toEqual([]);
    expect(made.content).toMatchObject({
      services: [],
      secrets: [{ Spec: { Name: "sprocket-localhost-key" } }],
      configs: [{ Spec: { Name: "sprocket-lan-traefik-file" } }],
      networks: [{ Name: "ingress" }],
    });
  });
});

test("an environment's volumes are those with its prefix", async () => {
  const names = [`${PREFIX}-postgres`, `${PREFIX}`, "sprocket-lan-postgres", "other"];
  const { docker } = await engine({ volumes: names.map((Name) => ({ Name })) });

  expect(await volumesOf(docker, PREFIX)).toEqual([`${PREFIX}-postgres`]);
});

describe("something that is removed", () => {
  const handle = (...errors: readonly object[]) => {
    const left = [...errors];
    return {
      remove: jest.fn(async () => {
        const error = left.shift();
        if (error !== undefined) {
          throw error;
        }
      }),
    };
  };
  const used = Object.assign(new Error("network has active endpoints"), { statusCode: 403 });

  test("may still be used for a while", async () => {
    const it = handle(used, used);
    await remove(it);

    expect(it.remove).toHaveBeenCalledTimes(3);
  });

  test("may be gone already", async () => {
    const it = handle(Object.assign(new Error("no such network"), { statusCode: 404 }));
    await remove(it);

    expect(it.remove).toHaveBeenCalledTimes(1);
  });

  test("is given up after a minute, with Docker's reason", async () => {
    const clock = jest.spyOn(performance, "now").mockReturnValueOnce(0).mockReturnValueOnce(1).mockReturnValue(60_001);
    const it = handle(used, used, used);

    await expect(remove(it)).rejects.toThrow("network has active endpoints");
    expect(it.remove).toHaveBeenCalledTimes(2);
    clock.mockRestore();
  });
});
