import Docker from "dockerode";
import { addressesOf, endsSince, runningOf } from "../../bench/containers";
import type { ObservedService, ObservedTask } from "../../ops/swarm/observation";
import { type DockerEngine, dockerEngine, type EngineAnswer } from "../support/docker-engine";

const NOW = new Date("2026-11-22T12:00:00Z");
const SANDBOX = "0123456789abcdef";

let engine: DockerEngine | undefined;

afterEach(() => engine?.close());

async function addresses(answers: Readonly<Record<string, EngineAnswer>>) {
  engine = await dockerEngine({
    "/containers/json": [{ Id: "one" }],
    "/containers/one/json": { NetworkSettings: { SandboxID: SANDBOX } },
    ...answers,
  });
  return addressesOf(new Docker({ host: "127.0.0.1", port: engine.port }), "sprocket-local-web");
}

const task = (changes: Partial<ObservedTask>): ObservedTask => ({
  image: "web",
  desired: "running",
  state: "running",
  since: NOW,
  error: "",
  ...changes,
});

const service = (...tasks: readonly ObservedTask[]): ObservedService => ({
  name: "sprocket-local-web",
  image: "web",
  wanted: 1,
  update: undefined,
  publishedPorts: [],
  files: [],
  tasks,
});

test("a container's address is that of its sandbox's gateway", async () => {
  const Containers = {
    other: { Name: "gateway_ffffffffffff", IPv4Address: "172.18.0.2/16" },
    own: { Name: "gateway_0123456789ab", IPv4Address: "172.18.0.3/16" },
  };

  expect(await addresses({ "/networks/docker_gwbridge": { Containers } })).toEqual(["172.18.0.3"]);
});

test("only running containers of the service are asked for", async () => {
  await addresses({});

  expect(JSON.parse(engine?.asked.get("/containers/json")?.get("filters") ?? "")).toEqual({
    label: ["com.docker.swarm.service.name=sprocket-local-web"],
    status: ["running"],
  });
});

test("there is no address without the bridge, or of a container that is not on it", async () => {
  expect(await addresses({})).toEqual([]);
  engine?.close();
  expect(await addresses({ "/networks/docker_gwbridge": { Containers: {} } })).toEqual([]);
});

test("a container that failed since then is told with its reason", () => {
  const failed = task({ desired: "shutdown", state: "failed", error: "task: non-zero exit (137)" });

  expect(endsSince([service(task({}), failed)], NOW)).toEqual([
    "a container of sprocket-local-web ended: task: non-zero exit (137)",
  ]);
  expect(endsSince([service({ ...failed, error: "" })], NOW)).toEqual([
    "a container of sprocket-local-web ended: failed",
  ]);
});

test("what failed before, and what was told to end, is not of the load", () => {
  const before = new Date(NOW.getTime() - 1);
  const former = task({ desired: "shutdown", state: "failed", error: "failed", since: before });

  expect(endsSince([service(former, task({ desired: "shutdown", state: "shutdown" }))], NOW)).toEqual([]);
});

test("only containers that run and should are counted", () => {
  const services = [service(task({}), task({ desired: "shutdown" }), task({ state: "starting" }))];

  expect(runningOf(services, "sprocket-local-web")).toBe(1);
  expect(runningOf(services, "sprocket-local-api")).toBe(0);
});
