import type { Environment } from "../../config/schema";
import { DROPLET_SIZES, type DropletSizeName } from "../../config/sizes";
import { SwarmTask } from "../../constructs/swarm/swarm-task";
import { mostOf } from "../support/replicas";
import { type DeployedEnvironment, type DeployedService, isMadeBy } from "./deployed";

const MEBIBYTE = 1024 * 1024;
const MEBIBYTES_PER_GIBIBYTE = 1024;
const NANO = 1e9;

/** For the machine's system and Docker itself, which no limit of a container's covers. */
const RESERVED_MEBIBYTES = 1024;
/** Kept free, for what grows and for what is yet to come. */
const HEADROOM = 0.2;
/**
 * What the limits of processors may come to, in processors of the machine.
 *
 * A limit keeps one container from starving the others, and reserves nothing: most of them wait for the network most
 * of the time. With three, all of them are served at once as long as each uses a third of what it may; with more, a
 * limit would hardly say any more what a container gets.
 */
const PROCESSORS_PROMISED = 3;
/** A shell that sleeps, in MiB: a task whose work is done. Docker starts no container with less. */
const IDLE_TASK = 6;

/** What an environment's containers may take. Memory is in MiB; scratch folders in memory count as their container's. */
export interface Budget {
  /** All of them, with every task done. */
  readonly steady: number;
  /** All of them with every task at work, as after a restart of the machine, which waits for nothing. */
  readonly start: number;
  /** While everything is replaced by one `apply` after the other. */
  readonly update: number;
  /** The sum of the limits of processors. */
  readonly processors: number;
  /** The largest of these limits. */
  readonly mostProcessors: number;
}

interface Share {
  /** The address of the service, as others wait for it. */
  readonly address: string;
  readonly layer: string;
  readonly waitsFor: readonly string[];
  readonly isTask: boolean;
  /** Of one container. */
  readonly memory: number;
  /** Of one container, in billionths: whole numbers add up to what they come to. */
  readonly nanoProcessors: number;
  readonly replicas: number;
  readonly startsFirst: boolean;
}

/** Adds up the limits of all services of all layers. */
export function budgetOf({ services }: DeployedEnvironment): Budget {
  const shares = services.map(shareOf);
  const steady = sum(shares.map(({ isTask, memory, replicas }) => (isTask ? IDLE_TASK : memory) * replicas));
  const layers = [...new Set(shares.map(({ layer }) => layer))];
  return {
    steady,
    start: sum(shares.map(({ memory, replicas }) => memory * replicas)),
    // Layers are deployed one after the other.
    update: steady + Math.max(...layers.map((layer) => mostAtOnce(shares.filter((share) => share.layer === layer)))),
    processors: sum(shares.map(({ nanoProcessors, replicas }) => nanoProcessors * replicas)) / NANO,
    mostProcessors: Math.max(...shares.map(({ nanoProcessors }) => nanoProcessors)) / NANO,
  };
}

/** What a machine is too small for. */
export function budgetFaults(budget: Budget, { cloud }: Pick<Environment, "cloud">): readonly string[] {
  if (cloud === undefined) {
    return [];
  }
  const { cpus } = DROPLET_SIZES[cloud.droplet];
  const available = memoryFor(cloud.droplet);
  const memory = (["steady", "start", "update"] as const).filter((moment) => budget[moment] > available);
  return [
    ...memory.map((moment) => `${moment}: ${budget[moment]} MiB of ${available} MiB`),
    ...(budget.mostProcessors > cpus ? [`one container may use ${budget.mostProcessors} of ${cpus} processors`] : []),
    ...(budget.processors > cpus * PROCESSORS_PROMISED
      ? [`the limits of processors come to ${budget.processors}, and may come to ${cpus * PROCESSORS_PROMISED}`]
      : []),
  ];
}

/** A budget in one line. */
export function budgetLine(
  { steady, start, update, processors }: Budget,
  { name, cloud }: Pick<Environment, "name" | "cloud">,
): string {
  const needed = `${name}: steady ${steady} MiB, start ${start} MiB, update ${update} MiB`;
  if (cloud === undefined) {
    return `${needed}; processors ${processors}; no droplet`;
  }
  const { cpus, memoryGibibytes } = DROPLET_SIZES[cloud.droplet];
  const memory = `${memoryFor(cloud.droplet)} MiB for containers out of ${memoryGibibytes * MEBIBYTES_PER_GIBIBYTE} MiB`;
  return `${needed}, of ${memory}; processors ${processors}, of ${cpus * PROCESSORS_PROMISED}`;
}

function memoryFor(droplet: DropletSizeName): number {
  const total = DROPLET_SIZES[droplet].memoryGibibytes * MEBIBYTES_PER_GIBIBYTE;
  return Math.floor(total * (1 - HEADROOM)) - RESERVED_MEBIBYTES;
}

/**
 * What one `apply` of a layer adds at its worst moment, when everything in it is replaced.
 *
 * A service that starts its next container before it ends the last has one more for a while; never two, because it
 * replaces one after the other. All of these count at once, also where one waits for another: the last container of
 * the first may still be ending when the second begins. Only a task is over when what waits for it begins, because its
 * former container sleeps and ends at once. So of the tasks every combination is tried that can work side by side, each
 * together with all services that do not wait for any of it.
 */
function mostAtOnce(shares: readonly Share[]): number {
  const tasks = shares.filter(({ isTask }) => isTask);
  const moments = subsetsOf(tasks).filter((working) => working.every((task) => !waits(task, working, shares)));
  return Math.max(
    ...moments.map((working) => {
      const rolling = shares.filter((share) => !share.isTask && share.startsFirst && !waits(share, working, shares));
      return sum([...working, ...rolling].map(({ memory }) => memory));
    }),
  );
}

/** Whether a service waits for one of others, also by a third. */
function waits({ waitsFor }: Share, others: readonly Share[], all: readonly Share[]): boolean {
  return waitsFor.some((address) => {
    const next = all.find((share) => share.address === address);
    return others.some((other) => other.address === address) || (next !== undefined && waits(next, others, all));
  });
}

function shareOf(service: DeployedService): Share {
  const { name, json } = service;
  const [layer = "", address = ""] = name.split(" ");
  const { memory_bytes, nano_cpus } = json.task_spec.resources.limits;
  return {
    address,
    layer,
    waitsFor: json.depends_on ?? [],
    isTask: isMadeBy(service, SwarmTask) && sleepsInTheEnd(json),
    memory: memory_bytes / MEBIBYTE,
    nanoProcessors: nano_cpus,
    // One container per node is one, as long as there is one node.
    replicas: json.mode.replicated === undefined ? 1 : mostOf(json.mode.replicated.replicas),
    startsFirst: json.update_config.order === "start-first",
  };
}

/** A task that goes on with something else when its work is done is a service like any other. */
function sleepsInTheEnd(json: any): boolean {
  return /\nwhile :; do sleep \d+ & wait \$!; done\n$/.test(json.task_spec.container_spec.args?.[0]);
}

function subsetsOf<T>([first, ...others]: readonly T[]): readonly (readonly T[])[] {
  if (first === undefined) {
    return [[]];
  }
  const without = subsetsOf(others);
  return [...without, ...without.map((subset) => [first, ...subset])];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
