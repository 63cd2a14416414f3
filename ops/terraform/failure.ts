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
    return this.saysOnly(INTERRUPTIONS);
  }

  /** Whether all that failed is the wait for containers of services that are removed already. */
  get isSlowEnd(): boolean {
    return this.saysOnly(SLOW_END);
  }

  private saysOnly(words: RegExp): boolean {
    return this.errors.every(({ summary, detail }) => words.test(`${summary} ${detail}`));
  }
}

/** What Terraform and its providers say where they were told to stop. */
const INTERRUPTIONS = /execution halted|context canceled|interrupt|operation was canceled/i;
/** The docker provider waits for a container no longer than Docker does before it kills it, so it may just miss its end. */
const SLOW_END = /error on wait for container .*context deadline exceeded/;

function inWords({ address, summary, detail }: Diagnostic): string {
  const words = [address, summary, detail].filter((part) => part !== undefined && part !== "").join(": ");
  return words.trim().replaceAll(/^/gm, "  ");
}
