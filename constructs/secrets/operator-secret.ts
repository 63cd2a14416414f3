import { TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { LayerStack } from "../terraform/layer-stack";

export interface OperatorSecretProps {
  /** The Terraform variable's name; operators set `TF_VAR_<name>`. */
  readonly name: string;
  /** What it is for. */
  readonly purpose: string;
  /** Where an operator gets it. */
  readonly source: string;
}

/**
 * A secret that an operator brings: a sensitive variable without a default, so that a plan without
 * it fails and says where to get it.
 *
 * @returns a reference to the value
 */
export function operatorSecret(scope: Construct, { name, purpose, source }: OperatorSecretProps): string {
  const variable = new TerraformVariable(LayerStack.of(scope), name, {
    type: "string",
    sensitive: true,
    nullable: false,
    description: `${purpose}. Where to get it: ${source}.`,
  });
  variable.addValidation({
    condition: `\${length(trimspace(var.${name})) > 0}`,
    errorMessage: `TF_VAR_${name} is empty. ${purpose}. Where to get it: ${source}.`,
  });
  return variable.stringValue;
}
