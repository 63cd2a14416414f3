import { Fn } from "cdktf";
import { Duration } from "../../../constructs/swarm/duration";
import type { FileMount } from "../../../constructs/swarm/file-mount";
import { Memory } from "../../../constructs/swarm/memory";
import { SwarmService } from "../../../constructs/swarm/swarm-service";
import type { SwarmServiceProps } from "../../../constructs/swarm/swarm-service-props";
import {
  addressesOf,
  failureOf,
  minimalService,
  swarmStack,
  synthesise,
  testImage,
  testNetwork,
} from "../../support/testing";

const { limits, healthCheck } = minimalService;
const memory = limits.memory;
const data = { name: "data", path: "/data" };

const secretAt = (path: string, name = "password"): FileMount => ({ kind: "secret", id: `id of ${name}`, name, path });

/** What someone gets past the compiler. */
const smuggled = (text: string) => text as unknown as Duration;

const serviceWith = (props: Partial<SwarmServiceProps>) => () =>
  new SwarmService(swarmStack(), "web", { ...minimalService, ...props });

const WRITE_DURATION = "write Duration.seconds(…), which renders what Docker echoes";
const NO_TIME = "got 0s, which Docker takes for the image's own; write a longer one";
const OWN_PATH = "give each file, volume and scratch folder a path of its own";
const DOCKER_FORM = 'write it in Docker\'s form: ["CMD", program, …] or ["CMD-SHELL", line]';
const VARIABLE_NAME = "write a name of letters, digits and underscores that begins with no digit";

test.each<[string, Partial<SwarmServiceProps>, string]>([
  [
    "no network",
    { networks: [] },
    "networks: got none; join at least one, or nobody can reach the service and it can reach nobody",
  ],
  [
    "one network twice",
    { networks: [testNetwork, { ...testNetwork, aliases: ["api"] }] },
    "networks: got sprocket-local-ingress-public more than once; join it once, with all its aliases",
  ],
  [
    "a secret mounted twice at one path",
    { files: [secretAt("/run/secrets/a"), secretAt("/run/secrets/a")] },
    `mounts: two of them are at /run/secrets/a; ${OWN_PATH}`,
  ],
  [
    "a secret where a volume is",
    { files: [secretAt("/data")], volumes: [data] },
    `mounts: two of them are at /data; ${OWN_PATH}`,
  ],
  [
    "a scratch folder where a part of the node is",
    { bindMounts: [{ hostPath: "/tmp", path: "/tmp" }], tmpfs: ["/tmp"] },
    `mounts: two of them are at /tmp; ${OWN_PATH}`,
  ],
  [
    "a secret where the image writes",
    { image: { ...testImage, writablePaths: ["/run"] }, files: [secretAt("/run")] },
    `mounts: two of them are at /run; ${OWN_PATH}`,
  ],
  ["a relative path", { files: [secretAt("run/a")] }, 'mounts: got the path "run/a"; write an absolute one'],
  ["a relative scratch folder", { tmpfs: ["tmp"] }, 'mounts: got the path "tmp"; write an absolute one'],
  [
    "two volumes of one name",
    { volumes: [data, { ...data, path: "/more" }] },
    'volumes: got the name "data" more than once; give each volume a name of its own',
  ],
  [
    "a start period written by hand",
    { healthCheck: { command: ["CMD", "true"], startPeriod: smuggled("90s") } },
    `healthCheck.startPeriod: got "90s"; ${WRITE_DURATION}`,
  ],
  [
    "an interval written by hand",
    { healthCheck: { ...healthCheck, interval: smuggled("90s") } as SwarmServiceProps["healthCheck"] },
    `healthCheck.interval: got "90s"; ${WRITE_DURATION}`,
  ],
  [
    "a timeout written by hand",
    { healthCheck: { ...healthCheck, timeout: smuggled("1m0s") } as SwarmServiceProps["healthCheck"] },
    `healthCheck.timeout: got "1m0s"; ${WRITE_DURATION}`,
  ],
  [
    "an interval of no time",
    { healthCheck: { ...healthCheck, interval: Duration.zero } as SwarmServiceProps["healthCheck"] },
    `healthCheck.interval: ${NO_TIME}`,
  ],
  [
    "a timeout of no time",
    { healthCheck: { ...healthCheck, timeout: Duration.zero } as SwarmServiceProps["healthCheck"] },
    `healthCheck.timeout: ${NO_TIME}`,
  ],
  [
    "a stop grace period written by hand",
    { stopGracePeriod: smuggled("90s") },
    `stopGracePeriod: got "90s"; ${WRITE_DURATION}`,
  ],
  [
    "a restart's delay written by hand",
    { restartDelay: smuggled("60s") },
    `restartDelay: got "60s"; ${WRITE_DURATION}`,
  ],
  ["a monitor written by hand", { monitor: smuggled("90s") }, `monitor: got "90s"; ${WRITE_DURATION}`],
  [
    "no processor",
    { limits: { cpus: 0, memory } },
    "limits.cpus: got 0; write how many processors it may use, such as 0.25",
  ],
  [
    "what is no number of processors",
    { limits: { cpus: Number.NaN, memory } },
    "limits.cpus: got NaN; write how many processors it may use, such as 0.25",
  ],
  [
    "an amount of memory written by hand",
    { limits: { cpus: 1, memory: 64 as unknown as Memory } },
    "limits.memory: got 64; write Memory.mebibytes(…) of 6 at least, less starts no container",
  ],
  [
    "less memory than Docker starts a container with",
    { limits: { cpus: 1, memory: Memory.mebibytes(5) } },
    'limits.memory: got {"bytes":5242880}; write Memory.mebibytes(…) of 6 at least, less starts no container',
  ],
  ["half a replica", { replicas: 0.5 }, "replicas: got 0.5; write a whole number, 0 or more"],
  ["fewer replicas than none", { replicas: -1 }, "replicas: got -1; write a whole number, 0 or more"],
  [
    "two replicas that write one volume",
    { replicas: 2, volumes: [data] },
    "replicas: got 2, and all would write the same volume; write 1",
  ],
  [
    "two replicas at one port of the node",
    { replicas: 2, publishedPorts: [{ published: 80, target: 80 }] },
    "replicas: got 2, and a node's port belongs to one container; write 1",
  ],
  [
    "two replicas of what must be alone",
    { replicas: 2, alone: true },
    "replicas: got 2, and there must never be two of it; write 1",
  ],
  [
    "one container per node that is off now and then",
    { replicas: "global", offWhen: Fn.contains([], "discord") },
    "offWhen: one container per node cannot be switched off; write how many there are, or leave the condition out",
  ],
  [
    "a port that is published twice",
    {
      publishedPorts: [
        { published: 80, target: 80 },
        { published: 80, target: 81 },
      ],
    },
    "publishedPorts: got 80 more than once; publish each port once",
  ],
  [
    "no health check and no reason",
    { healthCheck: { none: " " } },
    "healthCheck.none: got no reason; say why the service can have no health check",
  ],
  [
    "a health check that is not in Docker's form",
    { healthCheck: { command: ["curl", "-f"], startPeriod: Duration.seconds(1) } },
    `healthCheck.command: ${DOCKER_FORM}`,
  ],
  [
    "an empty health check",
    { healthCheck: { command: [], startPeriod: Duration.seconds(1) } },
    `healthCheck.command: ${DOCKER_FORM}`,
  ],
  [
    "an environment variable that begins with a digit",
    { environment: { "2FA": "on" } },
    `environment.2FA: ${VARIABLE_NAME}`,
  ],
  [
    "an environment variable with a hyphen",
    { environment: { "LOG-LEVEL": "info" } },
    `environment.LOG-LEVEL: ${VARIABLE_NAME}`,
  ],
])("a service fails for %s", (_, props, fault) => {
  expect(failureOf(serviceWith(props))).toBe(`local-platform/web: 1 fault\n  - ${fault}`);
});

test("a service fails with all its faults at once, before it creates anything", () => {
  const stack = swarmStack();
  const create = () =>
    new SwarmService(stack, "web", {
      ...minimalService,
      networks: [],
      files: [secretAt("/run/a"), secretAt("/run/a", "other"), secretAt("b")],
      stopGracePeriod: smuggled("90s"),
      limits: { cpus: -1, memory: Memory.mebibytes(1) },
      replicas: 1.5,
      healthCheck: { none: "" },
      environment: { "A B": "c" },
    });

  expect(failureOf(create).split("\n")).toEqual([
    "local-platform/web: 9 faults",
    "  - networks: got none; join at least one, or nobody can reach the service and it can reach nobody",
    `  - mounts: two of them are at /run/a; ${OWN_PATH}`,
    '  - mounts: got the path "b"; write an absolute one',
    `  - stopGracePeriod: got "90s"; ${WRITE_DURATION}`,
    "  - limits.cpus: got -1; write how many processors it may use, such as 0.25",
    '  - limits.memory: got {"bytes":1048576}; write Memory.mebibytes(…) of 6 at least, less starts no container',
    "  - replicas: got 1.5; write a whole number, 0 or more",
    "  - healthCheck.none: got no reason; say why the service can have no health check",
    `  - environment.A B: ${VARIABLE_NAME}`,
  ]);
  expect(stack.node.findChild("web").node.children).toEqual([]);
  expect(addressesOf(synthesise(stack))).toEqual([]);
});

test.each<[string, Partial<SwarmServiceProps>]>([
  ["no replica", { replicas: 0 }],
  ["no replica of what must be alone", { replicas: 0, alone: true }],
  ["several replicas that are off now and then", { replicas: 3, offWhen: Fn.contains([], "discord") }],
  ["no delay before a restart", { restartDelay: Duration.zero }],
  ["several replicas with scratch folders", { replicas: 3, tmpfs: ["/tmp"] }],
  ["a volume on every node", { replicas: "global", volumes: [data] }],
  ["the least memory", { limits: { cpus: 0.01, memory: Memory.mebibytes(6) } }],
  ["a volume where the image writes", { image: { ...testImage, writablePaths: ["/data"] }, volumes: [data] }],
  [
    "a scratch folder that the image writes anyway",
    { image: { ...testImage, writablePaths: ["/tmp"] }, tmpfs: ["/tmp"] },
  ],
  [
    "two names of one container's port",
    {
      publishedPorts: [
        { published: 80, target: 80 },
        { published: 81, target: 80 },
      ],
    },
  ],
])("a service may have %s", (_, props) => {
  expect(serviceWith(props)).not.toThrow();
});
