import { Command } from "commander";
import { FaultsError } from "../config/faults";
import { addDocsCommand } from "./docs";
import { addDoctorCommand } from "./doctor";
import { addSecretsCommand } from "./secrets";
import { addVerifyCommand } from "./verify";

/** Runs an operator's command: comfort and safety around plain `cdktf`, which works without them. */
async function main(): Promise<void> {
  const program = new Command("ops").description("Commands for the people who run Sprocket.").showHelpAfterError();
  addSecretsCommand(program);
  addDoctorCommand(program);
  addVerifyCommand(program);
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
