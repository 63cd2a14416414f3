import { nodesOf } from "../../../config/nodes";
import { ContainerApiProxy } from "../../../constructs/observability/container-api-proxy";
import { dataStack } from "../../support/data";
import { labelsOf, serviceOf } from "../../support/services";
import { synthesise } from "../../support/testing";

const ID = "0123456789abcdef".repeat(4);

const { stack, networks } = dataStack();
const { address } = new ContainerApiProxy(stack, "proxy", {
  network: networks.containerApi,
  node: nodesOf(stack.environment)[0],
});
const service = serviceOf(synthesise(stack), "proxy");
const { args, env, mounts, read_only } = service.task_spec.container_spec;

/** What may be asked by a method, if anything: the program puts an anchor on either side. */
function allowed(method: string): RegExp | undefined {
  const [pattern] = args.flatMap((arg: string) => new RegExp(`^-allow${method}=(.*)$`).exec(arg)?.[1] ?? []);
  return pattern === undefined ? undefined : new RegExp(`^${pattern}$`);
}

/** Whether a request gets through; the program looks at the path without what is asked in it. */
function getsThrough(request: string): boolean {
  const [method = "", target = ""] = request.split(" ");
  return allowed(method)?.test(decodeURIComponent(target.replace(/\?.*/, ""))) ?? false;
}

describe("the door is open to", () => {
  test.each([
    // In the order in which Telegraf asks.
    "HEAD /_ping",
    "GET /_ping",
    "GET /v1.51/info",
    "GET /v1.51/version",
    "GET /v1.51/services?status=true",
    "GET /v1.51/tasks?filters=%7B%7D",
    "GET /v1.51/nodes",
    "GET /v1.51/containers/json?all=1&filters=%7B%22status%22%3A%7B%22running%22%3Atrue%7D%7D",
    `GET /v1.51/containers/${ID}/json`,
    `GET /v1.51/containers/${ID}/stats?stream=0`,
    `GET /v1.44/containers/${ID}/stats?one-shot=0&stream=0`,
    "GET /containers/json",
  ])("%s", (request) => {
    expect(getsThrough(request)).toBe(true);
  });
});

describe("the door is shut to", () => {
  test.each([
    // Any file of any container, with its secrets.
    `GET /v1.51/containers/${ID}/archive?path=/run/secrets/password`,
    `GET /containers/${ID}/archive`,
    `HEAD /containers/${ID}/archive`,
    `GET /v1.51/containers/${ID}/export`,
    `GET /v1.51/containers/${ID}/logs?stdout=1`,
    `GET /v1.51/containers/${ID}/top`,
    `GET /v1.51/containers/${ID}/attach/ws`,
    `GET /v1.51/containers/${ID}/json/../archive`,
    `GET /v1.51/containers/json/../../secrets`,
    `GET /v1.51/containers/${ID}/json%2f..%2farchive`,
    `GET /v1.51/services/${ID}`,
    "GET /v1.51/services/logs",
    `GET /v1.51/services/${ID}/logs`,
    `GET /v1.51/tasks/${ID}/logs`,
    "GET /v1.51/secrets",
    "GET /secrets",
    "GET /v1.51/configs",
    "GET /v1.51/swarm",
    "GET /v1.51/swarm/unlockkey",
    "GET /v1.51/images/json",
    "GET /v1.51/volumes",
    "GET /v1.51/events",
    "GET /v1.51/system/df",
    "GET /v1.51/exec/1/json",
    "GET /",
    "GET /v1.51/info/secrets",
    "GET /x/v1.51/info",
    "GET /v1x51/info",
    "GET /v1.51/containers/json\n",
  ])("%s", (request) => {
    expect(getsThrough(request)).toBe(false);
  });

  test.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE"])("whoever would %s", (method) => {
    expect(allowed(method)).toBeUndefined();
  });

  test("everything but what is written out: two methods, by no setting of the environment or of other containers", () => {
    const flags = args.map((arg: string) => arg.split("=")[0]);

    expect(flags).toEqual(["-listenip", "-proxyport", "-allowfrom", "-allowGET", "-allowHEAD", "-allowhealthcheck"]);
    expect(env).toBeUndefined();
  });
});

test("it sees the socket of a manager, read-only, and has one network without a way out", () => {
  const { networks_advanced, placement } = service.task_spec;

  expect(address).toBe("sprocket-local-proxy:2375");
  expect(placement.constraints).toEqual(["node.role == manager"]);
  expect(mounts.filter(({ type }: any) => type !== "tmpfs")).toEqual([
    { type: "bind", source: "/var/run/docker.sock", target: "/var/run/docker.sock", read_only: true },
  ]);
  expect(read_only).toBe(true);
  expect(networks_advanced).toEqual([{ name: "id-of-containerApi" }]);
  expect(service.endpoint_spec.ports).toEqual([]);
  expect(Object.keys(labelsOf(service))).toEqual(["sprocket.environment"]);
});
