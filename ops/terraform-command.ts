import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformRemoteState } from "cdktf";
import type { Command } from "commander";
import { constructsBelow } from "../constructs/terraform/every";
import { configurationsOf } from "./declaration/configuration";
import { lockEnvironment } from "./deployment/environment-lock";
import { within } from "./diagnosis/check";
import { examples } from "./help";
import { OperatorError } from "./operator-error";
import { withHistory } from "./state/during";
import { holderText } from "./state/lock";
import { stackLockHolder } from "./state/stack-lock";
import { CommandLine } from "./terraform/command-line";
import { requireCredentials } from "./terraform/credentials";
import { disclosureOf, isLogVariable } from "./terraform/disclosure";
import { handOver } from "./terraform/hand-over";
import { judgedOutput, printsValues } from "./terraform/outputs";
import { type NamedStack, stackNamed } from "./terraform/stack-named";
import type { Workspace } from "./terraform/workspace";

const LONGEST_HOLDER_SECONDS = 5;
const ABOUT = `
Everything after the stack goes to Terraform as it is written. The stack's folder is written and initialised before,
where that is due. Terraform's own help: npm run ops -- terraform <stack> -help.

A command that would print secrets is refused, and "output -json" has the secret values replaced, unless --show-secrets
is given before the stack.`;

interface Options {
  readonly showSecrets?: boolean;
}

/** `ops terraform`: Terraform itself, in the folder of a stack. */
export function addTerraformCommand(program: Command): void {
  program
    .command("terraform")
    .description("Runs Terraform in a stack's folder, to look at its state or to mend it.")
    .argument("<stack>", "a layer of an environment, such as local-layer-1")
    .argument("<command...>", "Terraform's command with its options")
    .option("--show-secrets", "let Terraform print secrets too")
    .passThroughOptions()
    .addHelpText("after", ABOUT)
    .addHelpText(
      "after",
      examples(
        "npm run ops -- terraform local-platform state list",
        "npm run ops -- terraform local-platform state show docker_service.api",
        "npm run --silent ops -- terraform local-layer-1 output -json",
      ),
    )
    .action(async (name: string, args: readonly string[], { showSecrets = false }: Options) => {
      process.exitCode = await runTerraform(stackNamed(name), new CommandLine(args), showSecrets);
    });
}

/** @returns the exit code */
async function runTerraform(named: NamedStack, line: CommandLine, showSecrets: boolean): Promise<number> {
  const { stack, workspace } = named.layer;
  const refusal = (what: string) => refusalOf(workspace.name, line, what);
  const readsOthers = constructsBelow(stack, TerraformRemoteState).length > 0;
  const printed = disclosureOf(line, readsOthers, workspace.folder);
  if (!showSecrets && printed !== undefined) {
    throw refusal(printed);
  }
  requireCredentials(stack, line.need);
  if (!showSecrets) {
    forgetLog();
  }
  // A plan that Terraform writes holds secrets.
  process.umask(0o077);
  await prepare(named, line);
  if (!showSecrets && printsValues(line)) {
    const judged = await judgedOutput(line, workspace.folder);
    if (judged.kind === "secret") {
      throw refusal("an output that is a secret");
    }
    if (judged.kind === "instead") {
      process.stdout.write(judged.ended.stdout);
      process.stderr.write(judged.ended.stderr);
      return judged.ended.exitCode;
    }
  }
  const run = () => handOver(line.args, workspace.folder);
  const isKept = line.writesState && stack.environment.state.kind === "spaces";
  const exitCode = isKept ? await withHistory([stack.environment], run) : await run();
  if (exitCode !== 0 && line.takesLock) {
    await tellLockHolder(workspace);
  }
  return exitCode;
}

/** Says who works on the state: of a lock in Spaces Terraform only says that it cannot be had. */
async function tellLockHolder({ name, folder }: Workspace): Promise<void> {
  // Why Terraform failed was said, whether this can be found out or not.
  const holder = await within(LONGEST_HOLDER_SECONDS, stackLockHolder(folder)).catch(() => undefined);
  if (holder !== undefined) {
    console.error(`The state of ${name} is locked by ${holderText(holder)}.`);
  }
}

/**
 * Has the stack's folder hold what the program declares now, and Terraform know its state and providers.
 *
 * @throws FaultsError when the folder is to be written, and another command works on the environment
 * @throws OperatorError when it cannot be written
 * @throws TerraformFailure
 */
async function prepare({ work, layer: { workspace } }: NamedStack, line: CommandLine): Promise<void> {
  const configuration = configurationsOf(work.environment)[workspace.name];
  const file = join(workspace.folder, "cdk.tf.json");
  if (!existsSync(file) || readFileSync(file, "utf8") !== configuration) {
    console.error(`Writes the configuration of ${work.environment.name} anew: the program declares another.`);
    const unlock = await lockEnvironment(work.environment.name, "terraform");
    await work.synthesise().finally(unlock);
  }
  if (line.needsInit) {
    await workspace.init(new AbortController());
  }
}

/** Keeps Terraform from logging its requests, with the credentials in them. */
function forgetLog(): void {
  for (const name of Object.keys(process.env).filter(isLogVariable)) {
    console.error(`${name} does not reach Terraform: its log shows credentials. With --show-secrets it does.`);
    delete process.env[name];
  }
}

function refusalOf(stack: string, { args }: CommandLine, what: string): OperatorError {
  const command = args.map(quoted).join(" ");
  return new OperatorError(
    `"terraform ${command}" prints ${what}. If that is what you want:\n  npm run ops -- terraform --show-secrets ${stack} ${command}`,
  );
}

/** As a shell takes it for one word. */
function quoted(arg: string): string {
  return /^[\w./:=@%+-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`;
}
