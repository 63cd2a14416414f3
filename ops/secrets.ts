import { type Command, Option } from "commander";
import type { Environment } from "../config/schema";
import { type OperatorSecretState, operatorSecretStates } from "../config/secrets/check";
import type { DopplerConfig } from "../config/secrets/secret";
import { dopplerTemplate } from "../config/secrets/template";
import { environmentArgument } from "./environment-argument";

const DOPPLER_CONFIGS: readonly DopplerConfig[] = ["tools", "applications"];
/** Each config has names of its own, and Doppler runs a command with one. */
const EXAMPLE = `
Example:
  doppler run --config tools -- \\
    doppler run --config applications --name-transformer tf-var -- \\
    npm run ops -- secrets check production`;
/** What a deployment would fail with. */
const BLOCKING: readonly OperatorSecretState["state"][] = ["missing", "malformed"];

/** `ops secrets`: what people bring, before anything is deployed. */
export function addSecretsCommand(program: Command): void {
  const secrets = program
    .command("secrets")
    .description("What people bring to an environment, and where they keep it.");
  addCheckCommand(secrets);
  addTemplateCommand(secrets);
}

function addCheckCommand(parent: Command): void {
  parent
    .command("check")
    .description("Looks whether every secret that people bring is there and looks right. Shows no value.")
    .addArgument(environmentArgument())
    .option("--json", "print the findings as JSON")
    .addHelpText("after", EXAMPLE)
    .action((environment: Environment, { json }: { json?: boolean }) => {
      const states = operatorSecretStates(environment, process.env);
      console.log(json === true ? JSON.stringify(states, null, 2) : report(environment, states));
      process.exitCode = states.some(({ state }) => BLOCKING.includes(state)) ? 1 : 0;
    });
}

function addTemplateCommand(parent: Command): void {
  parent
    .command("template")
    .description("Prints an empty file of what people bring, to fill in and upload to Doppler.")
    .addArgument(environmentArgument())
    .addOption(
      new Option("--config <config>", "which of the two Doppler configs")
        .choices(DOPPLER_CONFIGS)
        .makeOptionMandatory(),
    )
    .addHelpText("after", "\nExample:\n  npm run --silent ops -- secrets template production --config applications")
    .action((environment: Environment, { config }: { config: DopplerConfig }) => {
      console.log(dopplerTemplate(environment, config));
    });
}

function report({ name }: Environment, states: readonly OperatorSecretState[]): string {
  const blocking = states.filter(({ state }) => BLOCKING.includes(state));
  const lines = states.map(({ state, variable, message }) => [state.padEnd(9), variable, message].join("  ").trimEnd());
  const summary =
    blocking.length === 0
      ? `${name} has every secret that people must bring.`
      : `${name} cannot be deployed: ${blocking.length} of ${states.length} secrets are missing or malformed.`;
  return [...lines, summary].join("\n");
}
