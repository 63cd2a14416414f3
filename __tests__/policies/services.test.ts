import { synthesiseEverything } from "../support/synthesis";
import { type DeployedService, deployedEnvironments } from "./deployed";
import { normalisedDuration } from "./durations";
import { servicePolicies } from "./service-policies";

const DIGEST = "0".repeat(64);
const VAULT = "local-layer-1 docker_service.vault";
const API = "local-platform docker_service.api";
const LOG_COLLECTOR = "local-layer-2 docker_service.log_collector";
const NODE_METRICS = "local-layer-2 docker_service.node_metrics";
const CONTAINER_API_PROXY = "local-layer-2 docker_service.node_metrics_docker";

let services: readonly DeployedService[];
beforeAll(() => {
  services = deployedEnvironments(synthesiseEverything()).flatMap((environment) => environment.services);
});

function offencesOf(policy: string, judged: readonly DeployedService[]): readonly string[] {
  return judged.flatMap((service) =>
    (servicePolicies[policy]?.(service) ?? []).map((offence) => `${service.name}: ${offence}`),
  );
}

test("every service was made by constructs that the policies can see", () => {
  expect(services).not.toHaveLength(0);
  expect(services.filter(({ owners }) => owners.length === 0)).toEqual([]);
});

describe.each(Object.keys(servicePolicies))("every service %s", (policy) => {
  test("as synthesised", () => {
    expect(offencesOf(policy, services)).toEqual([]);
  });

  test("or the policy says so", () => {
    expect(doctored.filter((each) => each.policy === policy)).not.toHaveLength(0);
  });
});

interface Doctored {
  readonly policy: string;
  /** @default - the service `vault` of `local` */
  readonly name?: string;
  /** What is done to it. */
  readonly change: (json: any) => void;
  readonly offence: string;
}

const container = (change: (spec: any) => void) => (json: any) => change(json.task_spec.container_spec);
const mounting = (mount: object) => container(({ mounts }) => mounts.push(mount));

const doctored: readonly Doctored[] = [
  {
    policy: "has a health check, or says why it has none",
    change: container((spec) => {
      spec.healthcheck = { test: ["NONE"] };
    }),
    offence: "its health check is NONE, and no label says why",
  },
  {
    policy: "has a health check, or says why it has none",
    change: (json) => {
      json.task_spec.container_spec.healthcheck = undefined;
      json.labels.push({ label: "sprocket.no-health-check", value: " " });
    },
    offence: "its health check is undefined, and no label says why",
  },
  {
    policy: "has limits",
    change: (json) => {
      json.task_spec.resources.limits.nano_cpus = 0;
    },
    offence: "its limit of processors is 0",
  },
  {
    policy: "has limits",
    change: (json) => {
      json.task_spec.resources.limits = { nano_cpus: 1 };
    },
    offence: "its limit of memory is undefined",
  },
  ...[
    "docker.io/library/vault:1.0",
    "docker.io/library/vault:1.0@sha256:12",
    `docker.io/library/vault@sha256:${DIGEST}`,
    `vault:1.0@sha256:${DIGEST}`,
  ].map((image) => ({
    policy: "runs an image of a named registry, by its digest unless nobody looked up an application's",
    change: container((spec) => {
      spec.image = image;
    }),
    offence: `its image is ${image}`,
  })),
  {
    policy: "runs an image of a named registry, by its digest unless nobody looked up an application's",
    name: API,
    change: container((spec) => {
      spec.image = "docker.io/asaxplayinghorse/core:other";
    }),
    offence: "its image is docker.io/asaxplayinghorse/core:other",
  },
  {
    policy: "runs an image of a named registry, by its digest unless nobody looked up an application's",
    name: API,
    change: container((spec) => {
      spec.image = "docker.io/asaxplayinghorse/web:main";
    }),
    offence: "nobody is warned that its image is docker.io/asaxplayinghorse/web:main",
  },
  {
    policy: "publishes no port unless it is Traefik",
    change: (json) => json.endpoint_spec.ports.push({ published_port: 8200, target_port: 8200 }),
    offence: "it publishes 8200",
  },
  ...["/var/run/docker.sock", "/run/docker.sock", "/var/run", "/run/", "/"].map((source) => ({
    policy: "sees the Docker socket only as a socket proxy, and read-only",
    change: mounting({ type: "bind", source, target: "/anywhere", read_only: true }),
    offence: `it mounts ${source} and is no socket proxy`,
  })),
  // Who watches containers is no exception, but for the one door.
  ...[LOG_COLLECTOR, NODE_METRICS].map((name) => ({
    policy: "sees the Docker socket only as a socket proxy, and read-only",
    name,
    change: mounting({ type: "bind", source: "/var/run/docker.sock", target: "/anywhere", read_only: true }),
    offence: "it mounts /var/run/docker.sock and is no socket proxy",
  })),
  ...[
    { source: "/etc" },
    { source: "/var/lib/docker/containers" },
    { source: "/proc/stat" },
    { name: LOG_COLLECTOR, source: "/var/lib/docker" },
    { name: LOG_COLLECTOR, source: "/var/lib/docker/volumes" },
    { name: LOG_COLLECTOR, source: "/proc/stat" },
    { name: NODE_METRICS, source: "/proc" },
    { name: NODE_METRICS, source: "/proc/1" },
    { name: NODE_METRICS, source: "/var/lib/docker/containers" },
    { name: CONTAINER_API_PROXY, source: "/proc/stat" },
    { name: "local-layer-2 docker_service.data_metrics", source: "/proc/stat" },
  ].map(({ name, source }) => ({
    policy: "sees nothing else of the machine unless it is there to read it, and read-only",
    name,
    change: mounting({ type: "bind", source, target: "/anywhere", read_only: true }),
    offence: `it mounts ${source}, which it is not there to read`,
  })),
  ...[
    { name: LOG_COLLECTOR, source: "/var/lib/docker/containers" },
    { name: NODE_METRICS, source: "/proc/stat" },
  ].map(({ name, source }) => ({
    policy: "sees nothing else of the machine unless it is there to read it, and read-only",
    name,
    change: container(({ mounts }) => {
      mounts.find((mount: any) => mount.source === source).read_only = false;
    }),
    offence: `it mounts ${source} for writing`,
  })),
  ...["-allowPOST=/.*", "--allowbindmountfrom=/", "-allowGET=/.*", "-allowGET=/containers/[0-9a-f]+/logs"].map(
    (arg) => ({
      policy: "lets nobody ask Docker about containers but for what is measured",
      name: CONTAINER_API_PROXY,
      change: container(({ args }) => args.push(arg)),
      offence: `it is told ${arg}`,
    }),
  ),
  {
    policy: "lets nobody ask Docker about containers but for what is measured",
    name: CONTAINER_API_PROXY,
    change: container((spec) => {
      spec.env = { SP_ALLOW_POST: "/.*" };
    }),
    offence: "it is told SP_ALLOW_POST",
  },
  {
    policy: "stops before it starts anew exactly where it writes a volume, publishes a port or must be alone",
    change: (json) => {
      json.update_config.order = "start-first";
    },
    offence: "its update_config.order is start-first in place of stop-first",
  },
  {
    policy: "stops before it starts anew exactly where it writes a volume, publishes a port or must be alone",
    change: (json) => {
      json.task_spec.container_spec.mounts = [{ type: "volume", source: "data", target: "/data", read_only: true }];
      json.rollback_config.order = "start-first";
    },
    offence: "its update_config.order is stop-first in place of start-first",
  },
  {
    policy: "stops before it starts anew exactly where it writes a volume, publishes a port or must be alone",
    name: "local-platform docker_service.discord_bot",
    change: (json) => {
      json.update_config.order = "start-first";
    },
    offence: "its update_config.order is start-first in place of stop-first",
  },
  {
    policy: "stops before it starts anew exactly where it writes a volume, publishes a port or must be alone",
    name: API,
    change: (json) => {
      json.update_config.order = "stop-first";
    },
    offence: "its update_config.order is stop-first in place of start-first",
  },
  ...["continue", "pause"].map((action) => ({
    policy: "is rolled back when an update fails",
    change: (json: any) => {
      json.update_config.failure_action = action;
    },
    offence: `its update_config.failure_action is ${action}`,
  })),
  {
    policy: "rotates its logs",
    change: (json) => {
      json.task_spec.log_driver.options = { "max-size": "10m" };
    },
    offence: 'its logs go to json-file with {"max-size":"10m"}',
  },
  {
    policy: "drops every capability",
    change: container((spec) => {
      spec.cap_drop = ["NET_RAW"];
    }),
    offence: 'it drops ["NET_RAW"]',
  },
  // The task that migrates runs the same image, and is the one that writes.
  ...[undefined, API].map((name) => ({
    policy: "has a read-only root unless its image cannot or it compiles",
    name,
    change: container((spec) => {
      spec.read_only = false;
    }),
    offence: "its root can be written",
  })),
  {
    policy: "writes every duration as Docker gives it back",
    change: container((spec) => {
      spec.healthcheck.start_period = "90s";
    }),
    offence: "its task_spec.container_spec.healthcheck.start_period is 90s, which Docker gives back as 1m30s",
  },
  {
    policy: "has no secret in its environment",
    change: container((spec) => {
      spec.env = { VAULT_TOKEN: "x", VAULT_TOKEN_FILE: "/run/secrets/token" };
    }),
    offence: "its environment has VAULT_TOKEN, which should be a file",
  },
];

test.each(doctored)("it is an offence against '$policy' that $offence", ({ policy, name = VAULT, change, offence }) => {
  const service = serviceNamed(name);
  const json = structuredClone(service.json);
  change(json);
  expect(offencesOf(policy, [{ ...service, json }])).toEqual([`${service.name}: ${offence}`]);
});

test.each(["local-layer-1 docker_service.socket_proxy", CONTAINER_API_PROXY])(
  "it is an offence that a socket proxy could write the socket: %s",
  (name) => {
    const service = serviceNamed(name);
    const json = structuredClone(service.json);
    json.task_spec.container_spec.mounts[0].read_only = false;
    expect(offencesOf("sees the Docker socket only as a socket proxy, and read-only", [{ ...service, json }])).toEqual([
      `${service.name}: it mounts /var/run/docker.sock for writing`,
    ]);
  },
);

test("a service that says why it has no health check is left alone", () => {
  const service = serviceNamed(VAULT);
  const json = structuredClone(service.json);
  json.task_spec.container_spec.healthcheck = { test: ["NONE"] };
  json.labels.push({ label: "sprocket.no-health-check", value: "it ends by itself" });
  expect(offencesOf("has a health check, or says why it has none", [{ ...service, json }])).toEqual([]);
});

test.each([
  ["60s", "1m"],
  ["90s", "1m30s"],
  ["1m0s", "1m"],
  ["60m", "1h"],
  ["1h0m5s", "1h0m5s"],
  ["3601s", "1h0m1s"],
  ["5400s", "1h30m"],
  ["1500ms", "1.5s"],
  ["61500ms", "1m1.5s"],
  ["0.5s", "500ms"],
  ["1500us", "1.5ms"],
  ["0ms", "0s"],
  ["0s", "0s"],
  ["10s", "10s"],
  ["10", undefined],
  ["", undefined],
  ["10 s", undefined],
  ["stop-first", undefined],
])("the duration '%s' comes back as %s", (text, normalised) => {
  expect(normalisedDuration(text)).toBe(normalised);
});

function serviceNamed(name: string): DeployedService {
  const service = services.find((each) => each.name === name);
  if (service === undefined) {
    throw new Error(`there is no service ${name}; doctor another one`);
  }
  return service;
}
