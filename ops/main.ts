import { Command } from "commander";
import { FaultsError } from "../config/faults";
import { addDocsCommand } from "./docs";
import { addSecretsCommand } from "./secrets";

/** Runs an operator's command: comfort and safety around plain `cdktf`, which works without them. */
async function main(): Promise<void> {
  const program = new Command("ops").description("Commands for the people who run Sprocket.").showHelpAfterError();
  addSecretsCommand(program);
  addDocsCommand(program);
  await program.parseAsync();
}

main().catch((error: unknown) => {
  if (!(error instanceof FaultsError)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
});
