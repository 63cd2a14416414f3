import type Docker from "dockerode";
import { ENVIRONMENT_LABEL } from "../../constructs/swarm/swarm-service";

/** One container of a service, as Swarm plans or had it. */
export interface ObservedTask {
  readonly image: string;
  /** What Swarm wants of it: `running`, or `shutdown` for a former one. */
  readonly desired: string;
  /** What it is: `running`, `starting`, `failed`, … */
  readonly state: string;
  /** When it became that. */
  readonly since: Date;
  /** What went wrong; empty where nothing did. */
  readonly error: string;
}

/** A service, as Swarm has it. */
export interface ObservedService {
  readonly name: string;
  readonly image: string;
  /** How many containers it should have. */
  readonly wanted: number | "global";
  /** How its last update went, in Swarm's words: `completed`, `rollback_completed`, `paused`, … */
  readonly update: { readonly state: string; readonly message: string } | undefined;
  readonly publishedPorts: readonly number[];
  /** The names of the secrets and configs that it mounts. */
  readonly files: readonly string[];
  readonly tasks: readonly ObservedTask[];
}

const ENDED_BADLY = ["failed", "rejected", "orphaned"];

/** Whether a container ended otherwise than Swarm wanted. */
export function endedBadly({ state }: ObservedTask): boolean {
  return ENDED_BADLY.includes(state);
}

/** A service's containers that run and should. */
export function runningTasks({ tasks }: Pick<ObservedService, "tasks">): readonly ObservedTask[] {
  return tasks.filter(({ desired, state }) => desired === "running" && state === "running");
}

/** A secret or config, as Swarm has it. */
export interface ObservedFile {
  readonly name: string;
  readonly created: Date;
}

/** What Swarm has of an environment. */
export interface Observation {
  readonly services: readonly ObservedService[];
  readonly files: readonly ObservedFile[];
}

/**
 * Looks at what Swarm has of an environment.
 *
 * @param prefix begins the names of everything of the environment
 */
export async function observe(docker: Docker, prefix: string): Promise<Observation> {
  const [services, tasks, secrets, configs] = await Promise.all([
    docker.listServices({ filters: { label: [`${ENVIRONMENT_LABEL}=${prefix}`] } }),
    docker.listTasks() as Promise<Task[]>,
    docker.listSecrets(),
    docker.listConfigs(),
  ]);
  return {
    services: services.map((service) => serviceOf(service as Service, tasks)),
    files: [...secrets, ...configs]
      .map(({ Spec, CreatedAt }) => ({ name: Spec?.Name ?? "", created: new Date(CreatedAt ?? 0) }))
      .filter(({ name }) => name.startsWith(`${prefix}-`)),
  };
}

/** What is used of Docker's answer; its types leave most of it out. */
interface Service {
  readonly ID: string;
  readonly Spec: {
    readonly Name: string;
    readonly Mode: { readonly Replicated?: { readonly Replicas: number } };
    readonly TaskTemplate: {
      readonly ContainerSpec: {
        readonly Image: string;
        readonly Secrets?: readonly { readonly SecretName: string }[];
        readonly Configs?: readonly { readonly ConfigName: string }[];
      };
    };
    readonly EndpointSpec?: { readonly Ports?: readonly { readonly PublishedPort?: number }[] };
  };
  readonly UpdateStatus?: { readonly State: string; readonly Message: string };
}

interface Task {
  readonly ServiceID: string;
  readonly DesiredState: string;
  readonly Spec: { readonly ContainerSpec: { readonly Image: string } };
  readonly Status: { readonly State: string; readonly Timestamp: string; readonly Err?: string };
}

function serviceOf({ ID, Spec, UpdateStatus }: Service, tasks: readonly Task[]): ObservedService {
  const { Image, Secrets = [], Configs = [] } = Spec.TaskTemplate.ContainerSpec;
  return {
    name: Spec.Name,
    image: Image,
    wanted: Spec.Mode.Replicated?.Replicas ?? "global",
    update: UpdateStatus && { state: UpdateStatus.State, message: UpdateStatus.Message },
    publishedPorts: (Spec.EndpointSpec?.Ports ?? []).flatMap(({ PublishedPort }) => PublishedPort ?? []),
    files: [...Secrets.map(({ SecretName }) => SecretName), ...Configs.map(({ ConfigName }) => ConfigName)],
    tasks: tasks.filter(({ ServiceID }) => ServiceID === ID).map(taskOf),
  };
}

function taskOf({ DesiredState, Spec, Status }: Task): ObservedTask {
  return {
    image: Spec.ContainerSpec.Image,
    desired: DesiredState,
    state: Status.State,
    since: new Date(Status.Timestamp),
    error: Status.Err ?? "",
  };
}
