import { join } from "node:path";
import type { StackName } from "../program";
import { type Outcome, run } from "./command";
import { OUTPUT_FOLDER } from "./work-folder";

export const PROJECT_FOLDER = join(__dirname, "..", "..");

/** What every call of the CLI needs for the tests' own program. */
export const cdktfArguments: readonly string[] = [
  // Locking asks the registry even where Terraform was told to use a mirror.
  "--skip-provider-lock",
  "--app",
  "node --import tsx e2e/program.ts",
  "--output",
  OUTPUT_FOLDER,
  "--no-color",
];

/** Runs the command that people type for one stack, on the tests' own program. */
export function diff(stack: StackName, environment: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  return run("npm", ["run", "--silent", "diff", "--", stack, ...cdktfArguments], {
    folder: PROJECT_FOLDER,
    environment,
  });
}
