import { TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { LayerStack } from "./layer-stack";

export interface RequiredVariableProps {
  /** The Terraform variable's name; operators set `TF_VAR_<name>`. */
  readonly name: string;
  /** What it is for. */
  readonly purpose: string;
  /** Where an operator gets it. */
  readonly source: string;
  /**
   * Whether plans hide it.
   *
   * @default true
   */
  readonly sensitive?: boolean;
}

/**
 * A value that an operator brings: a variable without a default, so that a plan without it fails
 * and says where to get it.
 *
 * @returns a reference to the value
 */
export function requiredVariable(
  scope: Construct,
  { name, purpose, source, sensitive = true }: RequiredVariableProps,
): string {
  const description = `${purpose}. Where to get it: ${source}.`;
  const variable = new TerraformVariable(LayerStack.of(scope), name, {
    type: "string",
    sensitive,
    nullable: false,
    description,
  });
  variable.addValidation({
    condition: `\${length(trimspace(var.${name})) > 0}`,
    errorMessage: `TF_VAR_${name} is empty. ${description}`,
  });
  return variable.stringValue;
}
