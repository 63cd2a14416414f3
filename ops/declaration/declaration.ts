import type { IConstruct } from "constructs";
import { imagesOf } from "../../config/images/catalogue";
import { OVERRIDES_VARIABLE, withOverrides } from "../../config/images/overrides";
import type { Environment } from "../../config/schema";
import { HttpRoute } from "../../constructs/ingress/http-route";
import { SwarmService } from "../../constructs/swarm/swarm-service";
import { constructsBelow } from "../../constructs/terraform/every";
import { LayerStack } from "../../constructs/terraform/layer-stack";
import { withoutStackTraces } from "../../constructs/terraform/stack-traces";
import { addEnvironment } from "../../stacks/environment-stacks";
import { addressOf } from "./address";
import { inMemory } from "./in-memory";

/** A service as it should be. */
export interface DeclaredService {
  readonly name: string;
  /** The stack that deploys it. */
  readonly stack: string;
  /** Its resource's address in Terraform. */
  readonly address: string;
  readonly image: string;
  readonly replicas: number | "global";
  /** Whether something that only a deployment knows may switch it off. */
  readonly mayBeOff: boolean;
  readonly publishedPorts: readonly number[];
  /** What each of its containers may use at most. */
  readonly limits: { readonly cpus: number; readonly memoryBytes: number };
}

/** A public host as it should be. */
export type DeclaredRoute = Pick<HttpRoute, "host" | "audience" | "probe">;

/** A provider of Terraform's, as Terraform is told which one. */
export interface DeclaredProvider {
  readonly source: string;
  readonly version: string;
}

/** An environment as the program declares it. Nothing is written. */
export class Declaration {
  private constructor(
    readonly environment: Environment,
    /** Its layers, in the order of deployment. */
    readonly layers: readonly LayerStack[],
  ) {}

  /**
   * Declares an environment, with the images that a person put in place of the committed ones.
   *
   * @throws FaultsError for a file of overrides that is not as it should be
   */
  static of(environment: Environment): Declaration {
    const images = withOverrides(imagesOf(environment), process.env[OVERRIDES_VARIABLE]);
    const { children } = inMemory((app) => addEnvironment(app, { environment, images })).node;
    return new Declaration(
      environment,
      children.filter((child) => child instanceof LayerStack),
    );
  }

  /** The services of all layers. */
  get services(): readonly DeclaredService[] {
    return this.every(SwarmService).map((service) => ({
      name: service.serviceName,
      stack: LayerStack.of(service).node.id,
      address: addressOf(service.resource),
      image: service.image.reference,
      replicas: service.replicas,
      mayBeOff: service.mayBeOff,
      publishedPorts: service.publishedPorts.map(({ published }) => published),
      limits: { cpus: service.limits.cpus, memoryBytes: service.limits.memory.bytes },
    }));
  }

  /** The public hosts of all layers. */
  get routes(): readonly DeclaredRoute[] {
    return this.every(HttpRoute).map(({ host, audience, probe }) => ({ host, audience, probe }));
  }

  /** Every construct of a class, in whichever layer. */
  every<T extends IConstruct>(type: abstract new (...args: never[]) => T): readonly T[] {
    return this.layers.flatMap((layer) => constructsBelow(layer, type));
  }
}

/** The providers of layers, by the names that Terraform knows them by. */
export function providersOf(layers: readonly LayerStack[]): Readonly<Record<string, DeclaredProvider>> {
  const providers: Record<string, DeclaredProvider> = {};
  withoutStackTraces(() => {
    for (const layer of layers) {
      Object.assign(providers, layer.toTerraform().terraform.required_providers);
    }
  });
  return providers;
}
