import { CommanderError } from "commander";
import { FaultsError } from "../config/faults";
import { INTERRUPTED } from "./deployment/interruption";
import { reasonOf } from "./diagnosis/check";
import { OperatorError } from "./operator-error";
import { opsProgram } from "./program";

/**
 * Runs an operator's command to its end, and says what went wrong.
 *
 * @param words what is written after `ops`
 * @returns the exit code
 */
export async function runCommand(words: readonly string[]): Promise<number> {
  try {
    await opsProgram().parseAsync(words, { from: "user" });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    // It has been said already, or it is help, which is no error.
    if (error instanceof CommanderError) {
      return error.exitCode;
    }
    console.error(textOf(error, words.includes("--debug")));
    return exitCodeOf(error);
  }
}

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

/** @param isDebugged asked of the words, not of the program, which a broken environment keeps from being made */
function textOf(error: unknown, isDebugged: boolean): unknown {
  if (isDebugged) {
    return error;
  }
  if (isCtrlC(error)) {
    return "Stopped.";
  }
  return error instanceof FaultsError || error instanceof OperatorError
    ? error.message
    : `${reasonOf(error)}\nTo see where in the code this comes from, run the same with --debug.`;
}
