import Docker from "dockerode";
import { SERVICE_NAME_LABEL } from "../../constructs/swarm/swarm-service";
import { environment, lanEnvironment, taskEnvironment } from "../environment";
import { eventually } from "./eventually";

const docker = new Docker();
const PREFIX = `${environment.prefix}-`;
const EVERY_PREFIX = [environment, lanEnvironment, taskEnvironment].map(({ prefix }) => `${prefix}-`);

/** The Docker engine, for what nothing here covers. */
export const engine = docker;

interface Named {
  readonly name: string;
  readonly remove: () => Promise<unknown>;
}

/** Kinds of things in a Swarm, in the order in which they can be removed. */
const KINDS = ["services", "containers", "secrets", "configs", "networks", "volumes"] as const;
type Kind = (typeof KINDS)[number];

const LISTERS: Readonly<Record<Kind, () => Promise<Named[]>>> = {
  services: async () =>
    (await docker.listServices()).map(({ ID, Spec }) => ({
      name: Spec?.Name ?? "",
      remove: () => docker.getService(ID).remove(),
    })),
  // Swarm removes them after their service, in its own time.
  containers: async () =>
    (await docker.listContainers({ all: true })).map(({ Id, Names }) => ({
      name: Names[0]?.slice(1) ?? "",
      remove: () => docker.getContainer(Id).remove({ force: true, v: true }),
    })),
  secrets: async () =>
    (await docker.listSecrets()).map(({ ID, Spec }) => ({
      name: Spec?.Name ?? "",
      remove: () => docker.getSecret(ID).remove(),
    })),
  configs: async () =>
    (await docker.listConfigs()).map(({ ID, Spec }) => ({
      name: Spec?.Name ?? "",
      remove: () => docker.getConfig(ID).remove(),
    })),
  networks: async () =>
    (await docker.listNetworks()).map(({ Id, Name }) => ({ name: Name, remove: () => docker.getNetwork(Id).remove() })),
  volumes: async () =>
    (await docker.listVolumes()).Volumes.map(({ Name }) => ({
      name: Name,
      remove: () => docker.getVolume(Name).remove(),
    })),
};

/** The names of everything of one kind that the laptop has. */
export async function namesOf(kind: Kind): Promise<string[]> {
  return (await own(kind, [PREFIX])).map(({ name }) => name).sort();
}

/** Removes everything of the tests' environments, data included. */
export async function wipe(): Promise<void> {
  for (const kind of KINDS) {
    await eventually(`no ${kind} of ${environment.prefix} is left`, 60, async () => {
      const left = await own(kind, EVERY_PREFIX);
      await Promise.allSettled(left.map(({ remove }) => remove()));
      return left.length === 0;
    });
  }
}

/** Kills a laptop's service's containers, as a crash would, and waits until Swarm has started others. */
export async function killContainersOf(service: string): Promise<void> {
  const killed = await containersOf(service);
  await Promise.all(killed.map((id) => docker.getContainer(id).kill()));
  await eventually(`${service} has containers again`, 60, async () => {
    const running = await containersOf(service);
    return running.every((id) => !killed.includes(id));
  });
}

/** Whether a laptop's service has as many containers as it should, all healthy. */
export async function runningHealthy(service: string): Promise<boolean> {
  const { Spec } = (await docker.getService(`${PREFIX}${service}`).inspect()) as Docker.Service;
  const containers = await Promise.all((await containersOf(service)).map((id) => docker.getContainer(id).inspect()));
  return (
    containers.length === Spec?.Mode?.Replicated?.Replicas &&
    containers.every(({ State }) => State.Health?.Status === "healthy")
  );
}

/** Runs a command in one of a service's containers and returns what it printed. */
export async function execIn(service: string, command: string[], { prefix } = environment): Promise<string> {
  const [id = ""] = await containersOf(service, `${prefix}-`);
  const execution = await docker
    .getContainer(id)
    .exec({ Cmd: command, AttachStdout: true, AttachStderr: true, Tty: true });
  const stream = await execution.start({ Tty: true });
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** What a container has logged. */
export async function logsOf(id: string): Promise<string> {
  const log = await docker.getContainer(id).logs({ stdout: true, stderr: true });
  return log.toString("utf8");
}

/** Kills one of a laptop's service's containers, and does not wait. */
export async function killOneOf(service: string): Promise<void> {
  const [id = ""] = await containersOf(service);
  await docker.getContainer(id).kill();
}

/** What the running containers of a laptop's service have logged. */
export async function logsOfService(service: string): Promise<string> {
  return (await Promise.all((await containersOf(service)).map(logsOf))).join("");
}

/** Ends a laptop's service's containers, as an orderly shutdown would: with time to end. */
export async function stopContainersOf(service: string): Promise<void> {
  await Promise.all((await containersOf(service)).map((id) => docker.getContainer(id).stop({ t: 30 })));
}

/**
 * The ids of a service's running containers.
 *
 * @throws Error when there is none
 */
export async function containersOf(service: string, prefix = PREFIX): Promise<string[]> {
  const containers = await docker.listContainers({
    filters: { label: [`${SERVICE_NAME_LABEL}=${prefix}${service}`] },
  });
  if (containers.length === 0) {
    throw new Error(`${prefix}${service} has no running container`);
  }
  return containers.map(({ Id }) => Id);
}

async function own(kind: Kind, prefixes: readonly string[]): Promise<Named[]> {
  return (await LISTERS[kind]()).filter(({ name }) => prefixes.some((prefix) => name.startsWith(prefix)));
}
