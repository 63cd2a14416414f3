import { FaultsError } from "../config/faults";
import { INTERRUPTED } from "./deployment/interruption";
import { reasonOf } from "./diagnosis/check";
import { OperatorError } from "./operator-error";
import { opsProgram } from "./program";

/** Runs an operator's command. */
async function main(): Promise<void> {
  await opsProgram().parseAsync();
}

main()
  .catch((error: unknown) => {
    console.error(textOf(error));
    process.exitCode = exitCodeOf(error);
  })
  // A question that was given up would keep the process from ending; what is printed is to be read to its end.
  .finally(() => process.stderr.write("", () => process.stdout.write("", () => process.exit())));

function exitCodeOf(error: unknown): number {
  if (isCtrlC(error)) {
    return INTERRUPTED;
  }
  return error instanceof OperatorError ? error.exitCode : 1;
}

/** At a question the terminal hands it to the question, and not to the process. */
function isCtrlC(error: unknown): boolean {
  return error instanceof Error && error.name === "ExitPromptError";
}

function textOf(error: unknown): unknown {
  // Not asked of the program, which a broken environment keeps from being made.
  if (process.argv.includes("--debug")) {
    return error;
  }
  if (isCtrlC(error)) {
    return "Stopped.";
  }
  return error instanceof FaultsError || error instanceof OperatorError
    ? error.message
    : `${reasonOf(error)}\nTo see where in the code this comes from, run the same with --debug.`;
}
