import { rejectFaults } from "../../config/faults";

/**
 * Asks whoever sits at the terminal, beside what the command prints.
 *
 * @throws FaultsError when nobody does
 */
export async function confirmed(message: string): Promise<boolean> {
  const somebody = process.stdin.isTTY && process.stderr.isTTY;
  rejectFaults(
    "vault init",
    somebody ? [] : [{ where: "--yes", message: "there is no terminal to ask in; write --yes to go on without" }],
  );
  // Slow to load, and needed by nobody else.
  const { confirm } = await import("@inquirer/prompts");
  try {
    return await confirm({ message, default: false }, { output: process.stderr });
  } catch (error) {
    if (error instanceof Error && error.name === "ExitPromptError") {
      return false;
    }
    throw error;
  }
}
