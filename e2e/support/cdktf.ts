import { join } from "node:path";
import type { StackName } from "../program";
import { type Outcome, run } from "./command";
import { OUTPUT_FOLDER } from "./work-folder";

const PROJECT_FOLDER = join(__dirname, "..", "..");
/** Locking asks the registry even where Terraform was told to use a mirror. */
const COMMON = [
  "--skip-provider-lock",
  "--app",
  "node --import tsx e2e/program.ts",
  "--output",
  OUTPUT_FOLDER,
  "--no-color",
];

/** Runs the command that people type, on the tests' own program. */
export function cdktf(command: "deploy" | "diff", stack: StackName, ...options: string[]): Promise<Outcome> {
  return run("npx", ["cdktf", command, stack, ...COMMON, "--terraform-parallelism=64", ...options], {
    folder: PROJECT_FOLDER,
  });
}
