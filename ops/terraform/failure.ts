import { OperatorError } from "../operator-error";
import type { Diagnostic } from "./event";

/** A command of Terraform's that failed, with what Terraform said. */
export class TerraformFailure extends OperatorError {
  constructor(
    /** The stack that it was about. */
    layer: string,
    readonly errors: readonly Diagnostic[],
  ) {
    const said = new Set(errors.map(inWords));
    super([`${layer} failed. Terraform says:`, ...said].join("\n"));
  }
}

function inWords({ address, summary, detail }: Diagnostic): string {
  const words = [address, summary, detail].filter((part) => part !== undefined && part !== "").join(": ");
  return words.trim().replaceAll(/^/gm, "  ");
}
