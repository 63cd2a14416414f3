import { isKnown, type Rule, repeated } from "../terraform/validation";
import { durationRule } from "./duration-rule";
import { Memory } from "./memory";
import { tmpfsOf } from "./mounts";
import type { SwarmServiceProps } from "./swarm-service-props";

/** Docker starts no container with less. */
const SMALLEST_MEMORY = Memory.mebibytes(6);

/**
 * What must hold of any service, beyond what its types say.
 */
export function swarmServiceRules(props: SwarmServiceProps): readonly Rule[] {
  return [
    ...networkRules(props),
    ...mountRules(props),
    ...durationRules(props),
    ...limitRules(props),
    ...replicaRules(props),
    ...healthCheckRules(props),
    ...environmentRules(props),
  ];
}

function networkRules({ networks = [] }: Partial<SwarmServiceProps>): readonly Rule[] {
  const names = networks.map(({ name }) => name);
  return [
    {
      where: "networks",
      broken: networks.length === 0,
      message: "got none; join at least one, or nobody can reach the service and it can reach nobody",
    },
    ...repeated(names).map((name) => ({
      where: "networks",
      broken: true,
      message: `got ${name} more than once; join it once, with all its aliases`,
    })),
  ];
}

function mountRules(props: SwarmServiceProps): readonly Rule[] {
  const { files = [], volumes = [], bindMounts = [] } = props;
  const mounts = [...files, ...volumes, ...bindMounts].map(({ path }) => path);
  const paths = [...mounts, ...tmpfsOf(props)].filter(isKnown);
  return [
    ...repeated(paths).map((path) => ({
      where: "mounts",
      broken: true,
      message: `two of them are at ${path}; give each file, volume and scratch folder a path of its own`,
    })),
    ...[...paths, ...bindMounts.map(({ hostPath }) => hostPath)]
      .filter((path) => !path.startsWith("/"))
      .map((path) => ({
        where: "mounts",
        broken: true,
        message: `got the path "${path}"; write an absolute one`,
      })),
    ...repeated(volumes.map(({ name }) => name)).map((name) => ({
      where: "volumes",
      broken: true,
      message: `got the name "${name}" more than once; give each volume a name of its own`,
    })),
  ];
}

function durationRules({ healthCheck, stopGracePeriod, monitor, restartDelay }: SwarmServiceProps): readonly Rule[] {
  const durations: Readonly<Record<string, unknown>> = {
    stopGracePeriod,
    monitor,
    restartDelay,
    ...("none" in healthCheck
      ? {}
      : {
          "healthCheck.startPeriod": healthCheck.startPeriod,
          "healthCheck.interval": healthCheck.interval,
          "healthCheck.timeout": healthCheck.timeout,
        }),
  };
  return Object.entries(durations)
    .filter(([, value]) => value !== undefined)
    .map(([where, value]) => durationRule(where, value));
}

function limitRules({ limits }: SwarmServiceProps): readonly Rule[] {
  return [
    {
      where: "limits.cpus",
      broken: !isKnown(limits.cpus) || !(limits.cpus > 0),
      message: `got ${describeNumber(limits.cpus)}; write how many processors it may use, such as 0.25`,
    },
    {
      where: "limits.memory",
      broken: !(limits.memory instanceof Memory) || limits.memory.bytes < SMALLEST_MEMORY.bytes,
      message: `got ${JSON.stringify(limits.memory)}; write Memory.mebibytes(…) of 6 at least, less starts no container`,
    },
  ];
}

function replicaRules(props: SwarmServiceProps): readonly Rule[] {
  const { replicas = 1, volumes = [], publishedPorts = [], alone = false, offWhen } = props;
  const several = typeof replicas === "number" && isKnown(replicas) && replicas > 1;
  return [
    {
      where: "replicas",
      broken: typeof replicas === "number" && (!isKnown(replicas) || !(Number.isInteger(replicas) && replicas >= 0)),
      message: `got ${describeNumber(replicas)}; write a whole number, 0 or more`,
    },
    {
      where: "replicas",
      broken: several && volumes.length > 0,
      message: `got ${replicas}, and all would write the same volume; write 1`,
    },
    {
      where: "replicas",
      broken: several && publishedPorts.length > 0,
      message: `got ${replicas}, and a node's port belongs to one container; write 1`,
    },
    {
      where: "replicas",
      broken: several && alone,
      message: `got ${replicas}, and there must never be two of it; write 1`,
    },
    {
      where: "offWhen",
      broken: offWhen !== undefined && replicas === "global",
      message: "one container per node cannot be switched off; write how many there are, or leave the condition out",
    },
    ...repeated(publishedPorts.map(({ published }) => published)).map((port) => ({
      where: "publishedPorts",
      broken: true,
      message: `got ${port} more than once; publish each port once`,
    })),
  ];
}

function healthCheckRules({ healthCheck }: SwarmServiceProps): readonly Rule[] {
  return [
    {
      where: "healthCheck.none",
      broken: "none" in healthCheck && healthCheck.none.trim() === "",
      message: "got no reason; say why the service can have no health check",
    },
    ...(["startPeriod", "interval", "timeout"] as const).map((where) => ({
      where: `healthCheck.${where}`,
      broken: !("none" in healthCheck) && healthCheck[where]?.milliseconds === 0,
      message: "got 0s, which Docker takes for the image's own; write a longer one",
    })),
    {
      where: "healthCheck.retries",
      broken:
        !("none" in healthCheck) && !(Number.isInteger(healthCheck.retries ?? 1) && (healthCheck.retries ?? 1) >= 1),
      message: "write how many failures in a row make it unhealthy, a whole number of 1 or more",
    },
    {
      where: "healthCheck.command",
      broken: !("none" in healthCheck) && !/^CMD(-SHELL)?$/.test(healthCheck.command[0] ?? ""),
      message: 'write it in Docker\'s form: ["CMD", program, …] or ["CMD-SHELL", line]',
    },
  ];
}

function environmentRules({ environment = {} }: SwarmServiceProps): readonly Rule[] {
  return Object.keys(environment).map((name) => ({
    where: `environment.${name}`,
    broken: !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name),
    message: "write a name of letters, digits and underscores that begins with no digit",
  }));
}

/** What depends on it is settled at synth, so it cannot wait for Terraform. */
function describeNumber(value: unknown): string {
  return isKnown(value) ? String(value) : "a reference that is resolved only later";
}
