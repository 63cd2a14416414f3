import { setTimeout as sleep } from "node:timers/promises";
import { Watch } from "../../../ops/deployment/watch";
import { logFrame, swarmService, swarmTask } from "../../support/docker-engine";
import { type Exceptions, type Swarm, type SwarmContent, swarm } from "../../support/swarm";

jest.mock("node:timers/promises", () => jest.requireActual("../../support/short-pauses"));

const PREFIX = "sprocket-local";
const api = `${PREFIX}-api`;
const since = new Date("2026-01-01T12:00:00Z");
const at = (second: number) => new Date(since.getTime() + second * 1000);
const ended = (second: number, error?: string) => swarmTask(api, "failed", at(second), error);
const running = swarmTask(api, "running", at(1));

let engine: Swarm;
let watch: Watch;

/** Watches a Swarm with the service `api`. */
async function watching(content: Partial<SwarmContent>, exceptions: Exceptions = {}): Promise<void> {
  engine = await swarm({ services: [swarmService(api)], ...content }, exceptions);
  watch = new Watch(engine.docker, PREFIX, since);
}

/** Waits until something was seen. */
async function seen(isSeen: () => boolean): Promise<void> {
  while (!isSeen()) {
    await sleep(500);
  }
}

const evidence = () => watch.evidenceOf(api);

afterEach(async () => {
  await watch.stop();
  engine.close();
});

test("a service that is well is known, and nothing is noted of it", async () => {
  const former = swarmTask(api, "shutdown", at(1));
  await watching({ tasks: [running, former] });
  await seen(() => watch.isWell(api));

  expect(watch.service(api)).toMatchObject({ name: api, wanted: 1 });
  expect(evidence()).toBeUndefined();
});

test("a service that is not there is not well", async () => {
  await watching({});
  await seen(() => watch.service(api) !== undefined);

  expect(watch.isWell(`${PREFIX}-web`)).toBe(false);
  expect(watch.evidenceOf(`${PREFIX}-web`)).toBeUndefined();
});

test("what Swarm said is collected in its order and once each, also when Swarm forgot it", async () => {
  await watching({ tasks: [ended(3, "exit (2)"), ended(1, "exit (1)"), ended(0, "before"), ended(4, "exit (1)")] });
  await seen(() => evidence()?.errors.length === 2);
  engine.content = { ...engine.content, tasks: [ended(5, "exit (3)"), ended(6)] };
  await seen(() => evidence()?.errors.length === 4);

  expect(evidence()?.errors).toEqual(["exit (1)", "exit (2)", "exit (3)", "failed"]);
});

test("of a service that has all its containers the ends of others are noted", async () => {
  await watching({ tasks: [running, ended(2, "no suitable node")] });
  await seen(() => evidence() !== undefined);

  expect(watch.isWell(api)).toBe(true);
  expect(evidence()?.errors).toEqual(["no suitable node"]);
});

test("of a service that is not well the log and its health check's output are kept", async () => {
  const container = { Id: "c1" };
  const Health = { Log: [{ Output: "starting" }, { Output: ` connection refused ${"x".repeat(400)}\n` }] };
  const asked: (string | null)[] = [];
  await watching(
    { tasks: [swarmTask(api, "starting", at(1))], containers: [container] },
    {
      [`GET /services/${api}/logs`]: () => ({ status: 200, body: logFrame("t1", 1, "no database") }),
      "GET /containers/c1/json": () => ({ status: 200, body: { State: { Health } } }),
      "GET /containers/json": ({ query }) => void asked.push(query.get("filters")),
    },
  );
  await seen(() => evidence() !== undefined);

  expect(evidence()).toMatchObject({ service: api, errors: [], log: ["no database"] });
  expect(evidence()?.check).toMatch(/^connection refused x+$/);
  expect(evidence()?.check).toHaveLength(300);
  expect(JSON.parse(asked[0] ?? "")).toEqual({
    label: [`com.docker.swarm.service.name=${api}`],
    health: ["starting", "unhealthy"],
  });
});

test("a log that is gone when it is looked at again is still known", async () => {
  let looks = 0;
  const clock = jest.spyOn(performance, "now").mockImplementation(() => looks * 60_000);
  await watching(
    { tasks: [ended(1, "exit (1)")] },
    {
      [`GET /services/${api}/logs`]: () => {
        looks += 1;
        return looks === 1 ? { status: 200, body: logFrame("t1", 1, "no database") } : { status: 404, body: {} };
      },
    },
  );
  await seen(() => looks > 2);

  expect(evidence()?.log).toEqual(["no database"]);
  clock.mockRestore();
});

test("a Docker that is away for a while is asked again", async () => {
  let asked = 0;
  await watching(
    { tasks: [running] },
    {
      "GET /tasks": () => {
        asked += 1;
        return asked < 3 ? { status: 500, body: { message: "no leader" } } : undefined;
      },
    },
  );
  await seen(() => watch.isWell(api));

  expect(asked).toBe(3);
});

test("after its end Docker is not asked any more", async () => {
  const look = jest.fn();
  await watching({}, { "GET /tasks": look });
  await seen(() => look.mock.calls.length > 0);
  await watch.stop();
  const before = look.mock.calls.length;
  await sleep(5_000);

  expect(look).toHaveBeenCalledTimes(before);
});
