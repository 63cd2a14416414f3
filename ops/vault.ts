import { type Command, InvalidArgumentError } from "commander";
import { FaultsError, rejectFaults } from "../config/faults";
import type { Environment } from "../config/schema";
import { agreed } from "./asking";
import { SIGNALS } from "./deployment/interruption";
import { reasonOf, within } from "./diagnosis/check";
import { environmentArgument } from "./environment-argument";
import { examples } from "./help";
import { vaultAddress } from "./vault-address";
import { initialise, UnfinishedError } from "./vault-init/initialise";
import { type Output, outputForPeople, outputForPrograms } from "./vault-init/output";
import { explanation, howToReach, howToStartAnew, initialisedBefore } from "./vault-init/texts";
import { doorTo, VaultApi, VaultRefusal, type VaultState } from "./vault-init/vault-api";

const LONGEST_SECONDS = 8;
const WHERE_VAULT_IS = "\nVault is reached on this machine, so in the cloud through an SSH tunnel.";

interface Options {
  readonly recoveryShares: number;
  readonly recoveryThreshold: number;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** `ops vault`: what nothing but a person can do to Vault. */
export function addVaultCommand(program: Command): void {
  const vault = program.command("vault").description("Vault's first initialisation in the cloud.");
  vault
    .command("init")
    .description("Initialises an empty Vault in the cloud: hands out recovery keys and a token for two hours.")
    .addArgument(environmentArgument())
    .option("--recovery-shares <n>", "how many recovery keys there are", wholeNumber, 3)
    .option("--recovery-threshold <n>", "how many of them are needed", wholeNumber, 2)
    .option("--yes", "do not ask")
    .option("--json", "print the keys and the token as JSON")
    .addHelpText(
      "after",
      examples("npm run ops -- vault init staging", "npm run --silent ops -- vault init staging --yes --json"),
    )
    .addHelpText("after", WHERE_VAULT_IS)
    .action(async (environment: Environment, options: Options) => {
      process.exitCode = await vaultInit(environment, options);
    });
}

/** @returns the exit code */
async function vaultInit(environment: Environment, options: Options): Promise<number> {
  const { recoveryShares: shares, recoveryThreshold: threshold, yes = false, json = false } = options;
  rejectFaults(
    "vault init",
    environment.platform === "cloud"
      ? []
      : [{ where: environment.name, message: "its bootstrap task initialises Vault by itself; deploy layer-1" }],
  );
  const vault = new VaultApi(doorTo(vaultAddress(environment)));
  const { initialized } = await usableState(vault, environment);
  if (initialized) {
    console.log(json ? JSON.stringify({ alreadyInitialised: true }, null, 2) : initialisedBefore(environment));
    return 0;
  }
  const recovery = { shares, threshold };
  console.error(`${explanation(environment, recovery)}\n`);
  if (
    !yes &&
    !(await agreed(`Initialise Vault of ${environment.name}?`, { otherwise: "write --yes to go on without." }))
  ) {
    console.error("Nothing was changed.");
    return 1;
  }
  const write = (text: string) => {
    process.stdout.write(text);
  };
  const output = json ? outputForPrograms(recovery, write) : outputForPeople(environment, recovery, write);
  const interruption = new AbortController();
  const interrupt = () => interruption.abort(new Error("interrupted"));
  for (const name of SIGNALS) {
    process.on(name, interrupt);
  }
  try {
    output.done(await initialise(vault, recovery, output.recoveryKeys, interruption.signal));
    return 0;
  } catch (error) {
    return failed(error, environment, output);
  } finally {
    for (const name of SIGNALS) {
      process.off(name, interrupt);
    }
  }
}

/**
 * How Vault is, where something can be done about it.
 *
 * @throws FaultsError when it is not reached, or sealed for good
 */
async function usableState(vault: VaultApi, environment: Environment): Promise<VaultState> {
  const state = await within(LONGEST_SECONDS, vault.state()).catch((error: unknown) => {
    throw fault(environment, `${reasonOf(error)}; ${howToReach(environment)}`);
  });
  if (state.initialized && state.sealed) {
    throw fault(
      environment,
      `it is initialised and sealed; KMS unseals it: see in docker service logs ${environment.prefix}-vault why it does not`,
    );
  }
  return state;
}

/**
 * Shows what Vault gave out before something failed.
 *
 * @returns the exit code
 * @throws FaultsError where it gave out nothing
 */
function failed(error: unknown, environment: Environment, output: Output): number {
  if (error instanceof UnfinishedError) {
    const reason = reasonOf(error.cause);
    console.error(`\nNot finished: ${reason}`);
    output.unfinished(error.given, reason);
    return 1;
  }
  const reason = reasonOf(error);
  throw fault(
    environment,
    error instanceof VaultRefusal
      ? `it was not initialised: ${reason}`
      : `nobody knows whether it was initialised: ${reason}. Run this again; where it says that it was, nobody has its keys:\n\n${howToStartAnew(environment)}`,
  );
}

function fault(environment: Environment, message: string): FaultsError {
  return new FaultsError("Vault", [{ where: vaultAddress(environment), message }]);
}

function wholeNumber(given: string): number {
  if (!/^[1-9]\d*$/.test(given)) {
    throw new InvalidArgumentError("Write a whole number from 1.");
  }
  return Number(given);
}
