import { Lazy, TerraformOutput, TerraformVariable } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import {
  environmentVariable,
  howToBring,
  operatorSecret,
  variableName,
  wantedForm,
} from "../../config/secrets/catalogue";
import type { OperatorSecretPath } from "../../config/secrets/operator-secrets";
import { LayerStack } from "../terraform/layer-stack";

const ID = "operator_secrets";

/**
 * What people bring to a layer, as variables of Terraform: the plan fails where one is missing or
 * malformed, and says where to get it.
 */
export class OperatorSecrets extends Construct {
  private readonly output: TerraformOutput;
  private readonly names: string[] = [];
  private readonly preconditions: { condition: string; error_message: string }[] = [];

  /** The one of a construct's layer, made when it is first asked for. */
  static of(construct: IConstruct): OperatorSecrets {
    const stack = LayerStack.of(construct);
    return OperatorSecrets.existingIn(stack) ?? new OperatorSecrets(stack);
  }

  /** The environment variables by which people bring a layer what it takes. */
  static variablesOf(stack: LayerStack): readonly string[] {
    return OperatorSecrets.existingIn(stack)?.names ?? [];
  }

  private static existingIn(stack: LayerStack): OperatorSecrets | undefined {
    return stack.node.tryFindChild("operator-secrets") as OperatorSecrets | undefined;
  }

  private constructor(private readonly stack: LayerStack) {
    super(stack, "operator-secrets");
    this.output = new TerraformOutput(stack, ID, {
      value: Lazy.listValue({ produce: () => this.names }),
      description: "Environment variables by which people bring this layer its secrets.",
      staticId: true,
    });
  }

  /**
   * A reference to a value that people bring. It may be empty where the environment does without.
   */
  take(path: OperatorSecretPath): string {
    const name = variableName(path);
    const existing = this.stack.node.tryFindChild(name);
    return existing instanceof TerraformVariable ? existing.stringValue : this.declare(path, name);
  }

  private declare(path: OperatorSecretPath, name: string): string {
    const { environment } = this.stack;
    const { shape, harmless, neededBy } = operatorSecret(path);
    const bring = howToBring(path, environment);
    const variable = new TerraformVariable(this.stack, name, {
      type: "string",
      // Without a default Terraform would only say that it is not set, and not what is below.
      default: "",
      sensitive: harmless !== true,
      nullable: false,
      description: bring,
    });
    if (neededBy(environment)) {
      variable.addValidation({
        condition: `\${length(trimspace(var.${name})) > 0}`,
        errorMessage: `${environmentVariable(path)} is missing. ${bring}`,
      });
    }
    this.names.push(environmentVariable(path));
    // Not a validation of the variable: Terraform shows the value in the message of that, though it is sensitive.
    this.preconditions.push({
      condition: `\${var.${name} == "" || can(regex(${JSON.stringify(shape.pattern)}, var.${name}))}`,
      error_message: `${environmentVariable(path)} is malformed: write ${wantedForm(path)}. ${bring}`,
    });
    this.output.addOverride("precondition", this.preconditions);
    return variable.stringValue;
  }
}
