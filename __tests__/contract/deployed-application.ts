import { Application } from "../../constructs/apps/application";
import { Migrations } from "../../constructs/apps/migrations";
import { TRUST_BOUNDARY_NAMES, type TrustBoundaryName, trustNetworkName } from "../../constructs/swarm/trust-networks";
import { type DeployedService, deployedEnvironments, isMadeBy } from "../policies/deployed";
import { argumentOf, type Expression, expressionOf } from "../support/expressions";
import { mostOf } from "../support/replicas";
import { labelsOf, rendered } from "../support/services";
import type { Synthesis, SynthesisedStack } from "../support/synthesis";
import { settled, textOf } from "./values";

/** A file that a container reads. */
export interface MountedFile {
  readonly path: string;
  readonly source: "secret" | "config";
  /** What is in it, with references to what only a deployment knows. */
  readonly content: Expression;
}

/** A container as Docker would start it, without Docker's and Terraform's terms. */
export interface Container {
  /** With its tag, and with its digest where that is known. */
  readonly image: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly directory: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly files: readonly MountedFile[];
  /** The folders that it may write, with everything below. */
  readonly writable: readonly string[] | "anywhere";
  /** The folders of the image that something else lies upon. */
  readonly hidden: readonly string[];
}

/** An application as it would be deployed. */
export interface DeployedApplication extends Container {
  readonly name: string;
  readonly healthCheck: { readonly test: readonly string[]; readonly startPeriod: string; readonly timeout: string };
  /** The orders of an update and of a rollback. */
  readonly orders: readonly string[];
  /** How many containers there are at most. */
  readonly replicas: number;
  readonly networks: readonly TrustBoundaryName[];
  /** The ports that Traefik calls. */
  readonly routedPorts: readonly number[];
}

/** An environment's applications as they would be deployed. */
export interface DeployedApplications {
  readonly environment: string;
  /** Whether object storage is another's, on the internet. */
  readonly storageIsOutside: boolean;
  readonly applications: readonly DeployedApplication[];
  /** The task that brings the database up to date. */
  readonly migrations: Container | undefined;
}

/** The host of the broker in the texts of an application's health check. */
export const BROKER = "broker.example.org";

/** The applications of every environment. */
export function deployedApplications(synthesis: Synthesis): readonly DeployedApplications[] {
  return deployedEnvironments(synthesis).map(({ environment, services }) => {
    const stacks = synthesis.stacks.filter(({ stack }) => stack.environment === environment);
    const container = (service: DeployedService) => containerOf(service, stacks);
    const migrations = services.find((service) => isMadeBy(service, Migrations));
    return {
      environment: environment.name,
      storageIsOutside: environment.platform === "cloud",
      applications: services
        .filter((service) => isMadeBy(service, Application))
        .map((service) => applicationOf(service, container(service), environment.prefix)),
      migrations: migrations && container(migrations),
    };
  });
}

function applicationOf(service: DeployedService, container: Container, prefix: string): DeployedApplication {
  const { json, owners, networks } = service;
  const { healthcheck } = json.task_spec.container_spec;
  const ports = Object.entries(labelsOf(json)).filter(([label]) => label.endsWith(".loadbalancer.server.port"));
  return {
    ...container,
    name: owners.find((owner) => owner instanceof Application)?.applicationName ?? service.name,
    healthCheck: {
      test: healthcheck.test.map((word: string) => rendered(word, BROKER)),
      startPeriod: healthcheck.start_period,
      timeout: healthcheck.timeout,
    },
    orders: [json.update_config.order, json.rollback_config.order],
    replicas: mostOf(json.mode.replicated.replicas),
    networks: TRUST_BOUNDARY_NAMES.filter((name) => networks.includes(trustNetworkName(prefix, name))),
    routedPorts: ports.map(([, port]) => Number(port)),
  };
}

function containerOf({ name, json }: DeployedService, stacks: readonly SynthesisedStack[]): Container {
  const own = stacks.find((stack) => name.startsWith(`${stack.name} `)) as SynthesisedStack;
  const spec = json.task_spec.container_spec;
  const mounts: readonly { readonly target: string; readonly read_only?: boolean }[] = spec.mounts ?? [];
  const files = (source: MountedFile["source"]): MountedFile[] =>
    (spec[`${source}s`] ?? []).map((file: any) => {
      const id = file[`${source}_id`].split(".")[1];
      const { data } = own.json.resource?.[`docker_${source}`]?.[id] ?? {};
      const content = argumentOf(expressionOf(data), "base64encode");
      if (content === undefined) {
        throw new Error(`${name}: ${file.file_name} has no content: ${data}`);
      }
      return { path: file.file_name, source, content: settled(content, stacks, own.stack.layer) };
    });
  const textIn = (text: string) => textOf(settled(expressionOf(text), stacks, own.stack.layer));
  return {
    image: spec.image,
    command: (spec.command ?? []).map((word: string) => rendered(word)),
    args: (spec.args ?? []).map((word: string) => rendered(word)),
    directory: spec.dir,
    environment: Object.fromEntries(Object.entries<string>(spec.env ?? {}).map(([key, text]) => [key, textIn(text)])),
    files: [...files("config"), ...files("secret")],
    writable:
      spec.read_only === true ? mounts.filter((mount) => !mount.read_only).map(({ target }) => target) : "anywhere",
    hidden: mounts.map(({ target }) => target),
  };
}
