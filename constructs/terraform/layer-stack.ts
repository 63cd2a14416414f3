import { TerraformElement, TerraformStack } from "cdktf";
import type { Construct, IConstruct, Node } from "constructs";
import type { ImageCatalogue } from "../../config/images/catalogue";
import type { Environment } from "../../config/schema";
import { keepState } from "./backend";
import type { LayerName } from "./layer";
import { LogicalIds, visiblePath } from "./logical-ids";

/** What every layer's stack is told. */
export interface LayerStackProps {
  readonly environment: Environment;
  readonly images: ImageCatalogue;
}

/**
 * One layer of one environment: a Terraform configuration with a state of its own.
 *
 * Constructs below it find the environment and the images through {@link LayerStack.of}.
 */
export class LayerStack extends TerraformStack {
  readonly environment: Environment;
  readonly images: ImageCatalogue;
  private readonly logicalIds = new LogicalIds(this.node.scopes.length);

  constructor(
    scope: Construct,
    readonly layer: LayerName,
    { environment, images }: LayerStackProps,
  ) {
    super(scope, stackName(environment, layer));
    this.environment = environment;
    this.images = images;
    this.addOverride("terraform.required_version", ">= 1.11.0, < 2.0.0");
    keepState(this, environment, layer);
  }

  /**
   * The layer's stack that a construct is in.
   *
   * @throws Error when it is in none
   */
  static override of(construct: IConstruct): LayerStack {
    const stack = construct.node.scopes.find((scope) => scope instanceof LayerStack);
    if (stack === undefined) {
      throw new Error(`${construct.node.path}: it is in no LayerStack; make it below one`);
    }
    return stack;
  }

  /**
   * The name of something in the Swarm: the environment's prefix, then the construct's path.
   *
   * @throws Error when Docker would refuse the name for its letters or its length
   */
  swarmName(construct: IConstruct, longest = 63): string {
    const path = visiblePath(construct, this.node.scopes.length);
    const name = [this.environment.prefix, ...path].join("-");
    if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(name)) {
      throw new Error(
        `${construct.node.path}: its name in the Swarm would be "${name}"; write ids of letters, digits and hyphens`,
      );
    }
    if (name.length > longest) {
      const message = `its name in the Swarm would be ${name}, of ${name.length} characters; Docker takes ${longest}`;
      throw new Error(`${construct.node.path}: ${message}: shorten an id`);
    }
    return name;
  }

  /**
   * Nothing: cdktf would resolve everything once more, to find references across stacks. There are none
   * (docs/decisions/0006-typed-layer-outputs.md), and every layer has its backend.
   */
  override prepareStack(): void {}

  /** Deploys this layer after another of its environment, where that one is synthesised too. */
  deployAfter(layer: LayerName): void {
    const producer = this.node.scope?.node.tryFindChild(stackName(this.environment, layer));
    if (producer instanceof LayerStack) {
      this.addDependency(producer);
    }
  }

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    // LogicalIds is made after the base class's constructor, which asks for no id.
    return this.logicalIds.allocate(
      TerraformElement.isTerraformElement(element) ? element : (element.scopes.at(-1) as IConstruct),
    );
  }
}

function stackName(environment: Environment, layer: LayerName): string {
  return `${environment.name}-${layer}`;
}
