import { type App, TerraformOutput, Testing } from "cdktf";
import { checkEnvironments, selectEnvironments } from "../../config/environments";
import { type ImageCatalogue, imagesOf } from "../../config/images/catalogue";
import type { Image } from "../../config/images/image";
import type { Environment, EnvironmentInput } from "../../config/schema";
import { Duration } from "../../constructs/swarm/duration";
import { Memory } from "../../constructs/swarm/memory";
import type { NetworkReference } from "../../constructs/swarm/network-reference";
import type { SwarmServiceProps } from "../../constructs/swarm/swarm-service-props";
import type { LayerName } from "../../constructs/terraform/layer";
import { LayerStack, type LayerStackProps } from "../../constructs/terraform/layer-stack";
import { useDocker } from "../../constructs/terraform/providers";
import "./tokens";

/** A synthesised stack, as Terraform reads it. */
export interface TerraformJson {
  readonly terraform: Record<string, any>;
  readonly provider: Record<string, any>;
  readonly variable?: Record<string, any>;
  readonly locals?: Record<string, string>;
  readonly data?: Record<string, Record<string, any>>;
  readonly ephemeral?: Record<string, Record<string, any>>;
  readonly resource?: Record<string, Record<string, any>>;
  readonly output?: Record<string, any>;
}

/** A committed environment by its name. */
export function environmentNamed(name: string): Environment {
  const [environment] = selectEnvironments(name);
  if (environment === undefined) {
    throw new Error(`there is no environment ${name}`);
  }
  return environment;
}

/** A committed environment with some of its settings changed, checked like any other. */
export function environmentLike(name: string, changes: Partial<EnvironmentInput>): Environment {
  const [environment] = checkEnvironments({ test: { ...environmentNamed(name), ...changes } });
  return environment as Environment;
}

export interface TestStackOptions {
  readonly environment?: Environment;
  /** What differs from the images of the environment. */
  readonly images?: Partial<ImageCatalogue>;
  readonly layer?: LayerName;
  readonly app?: App;
}

/** What a layer of a committed environment is told. */
export function layerProps(name: string): LayerStackProps {
  const environment = environmentNamed(name);
  return { environment, images: imagesOf(environment) };
}

/** An empty stack for constructs under test; of the environment `local` unless told otherwise. */
export function testStack({
  environment = environmentNamed("local"),
  images = {},
  layer = "platform",
  app = Testing.app(),
}: TestStackOptions = {}): LayerStack {
  return new LayerStack(app, layer, { environment, images: { ...imagesOf(environment), ...images } });
}

/** What Terraform would read, without cdktf's own remarks. */
export function synthesise(stack: LayerStack): TerraformJson {
  stack.prepareStack();
  return JSON.parse(Testing.synth(stack, true), (key, value) => (key === "//" ? undefined : value));
}

/** The addresses of a stack's resources and data sources, sorted. */
export function addressesOf({ resource = {}, data = {} }: TerraformJson): readonly string[] {
  const addresses = (prefix: string, blocks: Record<string, Record<string, unknown>>) =>
    Object.entries(blocks).flatMap(([type, ids]) => Object.keys(ids).map((id) => `${prefix}${type}.${id}`));
  return [...addresses("", resource), ...addresses("data.", data)].sort();
}

/** An image as small as an image can be. */
export const testImage: Image = {
  reference: "docker.io/library/test:1.0.0@sha256:0000000000000000000000000000000000000000000000000000000000000000",
  why: "for tests",
  architectures: ["amd64"],
  user: { uid: 1000, gid: 1000 },
  capabilities: [],
  writablePaths: [],
  healthCommand: ["CMD", "true"],
  hasShell: true,
  everRun: false,
};

/** A network of another layer. */
export const testNetwork: NetworkReference = { name: "sprocket-local-ingress-public", id: "network-id" };

/** A service's properties with only what is required. */
export const minimalService: SwarmServiceProps = {
  image: testImage,
  networks: [testNetwork],
  healthCheck: { command: ["CMD", "true"], startPeriod: Duration.seconds(10) },
  limits: { cpus: 0.5, memory: Memory.mebibytes(64) },
};

/** An empty stack in which constructs of the Swarm can be synthesised. */
export function swarmStack(options?: TestStackOptions): LayerStack {
  const stack = testStack(options);
  useDocker(stack);
  return stack;
}

/** The whole message that an action fails with. */
export function failureOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it did not fail");
}

/** How a value with tokens is written in a stack's JSON. */
export function resolved(stack: LayerStack, value: unknown): any {
  const { node } = new TerraformOutput(stack, "rendered", { value, staticId: true });
  const { output } = synthesise(stack);
  stack.node.tryRemoveChild(node.id);
  return output?.rendered.value;
}

/** An expression of Terraform in a string. */
export function interpolated(expression: string): string {
  return `\${${expression}}`;
}
