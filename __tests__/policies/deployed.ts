import { TerraformResource } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import type { Environment } from "../../config/schema";
import { labelsOf } from "../support/services";
import type { Synthesis, SynthesisedStack } from "../support/synthesis";

/** A service of a synthesised stack. */
export interface DeployedService {
  /** The stack's name and the service's address. */
  readonly name: string;
  /** As Terraform reads it. */
  readonly json: any;
  /** The constructs that it is below, if the tree has it. */
  readonly owners: readonly IConstruct[];
  /** Docker's names of the networks it joins; a reference that leads to no network stays as it is. */
  readonly networks: readonly string[];
}

/** All that runs in an environment. */
export interface DeployedEnvironment {
  readonly environment: Environment;
  readonly services: readonly DeployedService[];
}

/** A router of Traefik, as a service's labels describe it. */
export interface Router {
  readonly name: string;
  readonly rule: string;
  readonly entryPoints: readonly string[];
}

/** Everything that would run, by environment. */
export function deployedEnvironments({ stacks }: Synthesis): readonly DeployedEnvironment[] {
  const environments = [...new Set(stacks.map(({ stack }) => stack.environment))];
  return environments.map((environment) => {
    const own = stacks.filter(({ stack }) => stack.environment === environment);
    return { environment, services: own.flatMap((stack) => servicesOf(stack, own)) };
  });
}

/** Whether a construct of a class made a service. */
export function isMadeBy({ owners }: DeployedService, kind: abstract new (...args: never[]) => Construct): boolean {
  return owners.some((owner) => owner instanceof kind);
}

/** The routers that a service's labels describe. */
export function routersOf({ json }: DeployedService): readonly Router[] {
  const labels = labelsOf(json);
  return Object.entries(labels).flatMap(([label, rule]) => {
    const name = /^traefik\.http\.routers\.([^.]+)\.rule$/.exec(label)?.[1];
    const entryPoints = labels[`traefik.http.routers.${name}.entrypoints`]?.split(",") ?? [];
    return name === undefined ? [] : [{ name, rule, entryPoints }];
  });
}

function servicesOf({ name, stack, json }: SynthesisedStack, siblings: readonly SynthesisedStack[]): DeployedService[] {
  const resources = stack.node
    .findAll()
    .filter((construct) => TerraformResource.isTerraformResource(construct))
    .filter(({ terraformResourceType }) => terraformResourceType === "docker_service");
  return Object.entries<any>(json.resource?.docker_service ?? {}).map(([id, service]) => ({
    name: `${name} docker_service.${id}`,
    json: service,
    owners: resources.find(({ friendlyUniqueId }) => friendlyUniqueId === id)?.node.scopes ?? [],
    networks: service.task_spec.networks_advanced.map((network: any) => networkName(network.name, json, siblings)),
  }));
}

/** Follows a reference to a network's id to the network, also through another layer's outputs. */
function networkName(id: string, json: SynthesisedStack["json"], siblings: readonly SynthesisedStack[]): string {
  const path = /^\$\{(.*)\}$/.exec(id)?.[1]?.split(".") ?? [];
  if (path[0] === "docker_network") {
    return json.resource?.docker_network?.[path[1] ?? ""]?.name ?? id;
  }
  if (path[1] === "terraform_remote_state") {
    const [, , layer, , output = "", key = ""] = path;
    const producer = siblings.find(({ stack }) => stack.layer.replaceAll("-", "_") === layer)?.json;
    const value = producer?.output?.[output]?.value[key];
    return producer === undefined || value === undefined ? id : networkName(value, producer, siblings);
  }
  return id;
}
