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
  const states = secretStatesFor(stack.environment, need === "everything" ? [stack] : []);
  const findings = secretFindings(states).filter(({ state }) => state === "failed");
  if (findings.length > 0) {
    throw new OperatorError(report(findings, "Terraform was not started: it needs these in the environment."));
  }
}
