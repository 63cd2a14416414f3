import type { Environment } from "../../config/schema";
import type { LayerStack } from "../../constructs/terraform/layer-stack";
import { secretFindings, secretStatesFor } from "../diagnosis/secrets";
import { OperatorError } from "../operator-error";
import { report } from "../report";
import type { Need } from "./command-line";

/**
 * Looks whether what people bring to a stack is there, as far as a command needs it.
 *
 * @throws OperatorError that says of everything that is missing or malformed where to get it
 */
export function requireCredentials(stack: LayerStack, need: Need): void {
  if (need === "nothing") {
    return;
  }
  // What every stack's backend takes is there without any layer.
  requireBrought(
    stack.environment,
    need === "everything" ? [stack] : [],
    "Terraform was not started: it needs these in the environment.",
  );
}

/**
 * Looks whether what people bring to layers, and to every layer's state, is there.
 *
 * @param summary what it means that something is not
 * @throws OperatorError that says of everything that is missing or malformed where to get it
 */
export function requireBrought(environment: Environment, layers: readonly LayerStack[], summary: string): void {
  const findings = secretFindings(secretStatesFor(environment, layers)).filter(({ state }) => state === "failed");
  if (findings.length > 0) {
    throw new OperatorError(report(findings, summary));
  }
}
