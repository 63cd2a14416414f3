import { ListrInquirerPromptAdapter } from "@listr2/prompt-adapter-inquirer";
import { isSomebodyThere } from "../asking";
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
export async function approve(name: string, { changes }: Plan, step: ShownStep, signal: AbortSignal): Promise<void> {
  const lines = changes.flatMap(({ action, address }) =>
    SIGNS[action] === undefined ? [] : [`${SIGNS[action]} ${address}`],
  );
  const list = lines.length > 0 ? lines.join("\n") : "only outputs";
  if (!isSomebodyThere()) {
    throw new OperatorError(`${name} would change, and nobody is here to approve it:\n${list}\nGive --auto-approve.`);
  }
  const message = `${name} would change:\n${list}\nApply?`;
  // Slow to load, and seldom needed.
  const { confirm } = await import("@inquirer/prompts");
  if (!(await step.prompt(ListrInquirerPromptAdapter).run(confirm, { message, default: false }, { signal }))) {
    throw new OperatorError(`${name} was not applied, nor were the layers above it.`);
  }
}
