import { OperatorError } from "./operator-error";

/** How a question is asked. */
export interface Asking {
  /** What to say where nobody sits at a terminal: how to answer beforehand. */
  readonly otherwise: string;
  /** Takes the question back. */
  readonly signal?: AbortSignal;
}

/**
 * Asks a person to agree, beside what the command prints.
 *
 * @throws OperatorError where nobody is there to be asked
 */
export async function agreed(message: string, asking: Asking): Promise<boolean> {
  const { confirm } = await questions(message, asking);
  return confirm({ message, default: false }, { output: process.stderr, signal: asking.signal });
}

/**
 * Asks a person for a line.
 *
 * @throws OperatorError where nobody is there to be asked
 */
export async function line(message: string, asking: Asking): Promise<string> {
  const { input } = await questions(message, asking);
  return (await input({ message }, { output: process.stderr, signal: asking.signal })).trim();
}

/** Whether somebody sits at a terminal. */
export function isSomebodyThere(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

async function questions(message: string, { otherwise }: Asking) {
  if (!isSomebodyThere()) {
    throw new OperatorError(`${message}\nNobody is here to be asked: ${otherwise}`);
  }
  // Slow to load, and seldom needed.
  return import("@inquirer/prompts");
}
