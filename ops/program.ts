import { Command } from "commander";
import { addDocsCommand } from "./docs";
import { addDoctorCommand } from "./doctor";
import { addDownCommand } from "./down";
import { addLogsCommand } from "./logs";
import { addOpenCommand } from "./open";
import { addSecretsCommand } from "./secrets";
import { addSloCommand } from "./slo";
import { addStatusCommand } from "./status";
import { addUpCommand } from "./up";
import { addVaultCommand } from "./vault";
import { addVerifyCommand } from "./verify";

/** Every command, in the order in which the help lists them. */
const addCommands: readonly ((program: Command) => void)[] = [
  addDoctorCommand,
  addUpCommand,
  addDownCommand,
  addStatusCommand,
  addLogsCommand,
  addOpenCommand,
  addVerifyCommand,
  addSloCommand,
  addSecretsCommand,
  addVaultCommand,
  addDocsCommand,
];

/** The operators' commands, comfort and safety around plain `cdktf`, which works without them. */
export function opsProgram(): Command {
  const program = new Command("ops")
    .description("Commands for the people who run Sprocket.")
    .option("--debug", "show where in the code an error comes from")
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError();
  for (const add of addCommands) {
    add(program);
  }
  return program;
}
