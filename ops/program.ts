import { Command, Option } from "commander";
import { addAdoptCommand } from "./adopt";
import { addCiCommand } from "./ci";
import { addCostCommand } from "./cost";
import { addDocsCommand } from "./docs";
import { addDoctorCommand } from "./doctor";
import { addDownCommand } from "./down";
import { addLogsCommand } from "./logs";
import { addNodesCommand } from "./nodes";
import { addOpenCommand } from "./open";
import { addSecretsCommand } from "./secrets";
import { addSloCommand } from "./slo";
import { addStateCommand } from "./state";
import { addStatusCommand } from "./status";
import { addTerraformCommand } from "./terraform-command";
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
  addCostCommand,
  addTerraformCommand,
  addSecretsCommand,
  addVaultCommand,
  addNodesCommand,
  addCiCommand,
  addStateCommand,
  addAdoptCommand,
  addDocsCommand,
];

/** The operators' commands, comfort and safety around plain `cdktf`, which works without them. */
export function opsProgram(): Command {
  const program = new Command("ops")
    .description("Commands for the people who run Sprocket.")
    .option("--debug", "show where in the code an error comes from")
    .configureHelp({ showGlobalOptions: true })
    // What follows a command that hands it on is not looked through for options of this one.
    .enablePositionalOptions()
    .showHelpAfterError()
    // What is wrong with a line is thrown, and the process goes on to its own end.
    .exitOverride();
  for (const add of addCommands) {
    add(program);
  }
  takeDebug(program);
  return program;
}

/** Has the commands inside another one take `--debug` too, wherever in their line it is written. */
function takeDebug({ commands }: Command): void {
  for (const command of commands) {
    command.addOption(new Option("--debug").hideHelp());
    takeDebug(command);
  }
}
