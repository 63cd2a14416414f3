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

  /** Whether it says nothing but that it was told to stop. */
  get isInterruption(): boolean {
    return this.errors.every(({ summary, detail }) => INTERRUPTIONS.test(`${summary} ${detail}`));
  }
}

/** What Terraform and its providers say where they were told to stop. */
const INTERRUPTIONS = /execution halted|context canceled|interrupt|operation was canceled/i;

function inWords({ address, summary, detail }: Diagnostic): string {
  const words = [address, summary, detail].filter((part) => part !== undefined && part !== "").join(": ");
  return words.trim().replaceAll(/^/gm, "  ");
}
