import { confirm } from "@inquirer/prompts";
import { ListrInquirerPromptAdapter } from "@listr2/prompt-adapter-inquirer";
import { OperatorError } from "../operator-error";
import type { Plan } from "../terraform/workspace";
import type { ShownStep } from "./steps";

/** Terraform's signs for what it does. */
const SIGNS: Readonly<Record<string, string>> = { create: "+", update: "~", replace: "-/+", delete: "-" };

/**
 * Asks a person whether a layer may be changed.
 *
 * @param name the layer's stack
 * @throws OperatorError when it may not, or nobody is there to be asked
 */
export async function approve(name: string, { changes }: Plan, step: ShownStep): Promise<void> {
  const lines = changes.flatMap(({ action, address }) =>
    SIGNS[action] === undefined ? [] : [`${SIGNS[action]} ${address}`],
  );
  const list = lines.length > 0 ? lines.join("\n") : "only outputs";
  if (!process.stdin.isTTY) {
    throw new OperatorError(`${name} would change, and nobody is here to approve it:\n${list}\nGive --auto-approve.`);
  }
  const message = `${name} would change:\n${list}\nApply?`;
  if (!(await step.prompt(ListrInquirerPromptAdapter).run(confirm, { message, default: false }))) {
    throw new OperatorError(`${name} was not applied, nor were the layers above it.`);
  }
}
