import { type Command, Option } from "commander";
import type { Environment } from "../config/schema";
import { environmentArgument } from "./environment-argument";
import { examples } from "./help";
import { during } from "./state/during";
import { initialise } from "./state/init";
import { keepHistory } from "./state/keep";
import { stateKeys } from "./state/keys";
import { heldLocks, layersWithState, lockHolder } from "./state/lock";
import { statePlace } from "./state/place";
import { EXPORTS, initialisedText, keptText, lockText, unlockedText } from "./state/texts";

const WHAT_IS_READ = `
AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SSE_CUSTOMER_KEY are what Terraform reads too.`;
const ABOUT_INIT = `${WHAT_IS_READ} Buckets are made with
SPACES_ACCESS_KEY_ID and SPACES_SECRET_ACCESS_KEY where these are set: a limited key cannot. Without a customer key one is
made and shown, unless there are states that were encrypted with another. Running it again is safe.`;

interface Options {
  readonly endpoint?: string;
  readonly json?: boolean;
}

/** `ops state`: where the cloud's states are kept. */
export function addStateCommand(program: Command): void {
  const state = program
    .command("state")
    .description("Terraform's states in Spaces: their buckets, their history and their locks.")
    // What another command is told is not for this one.
    .enablePositionalOptions();
  addInitCommand(state);
  addKeepCommand(state);
  addLockCommand(state);
  addDuringCommand(state);
}

function addInitCommand(parent: Command): void {
  parent
    .command("init")
    .description("Makes the buckets for the states, and tries whether they are private, encrypted and locked there.")
    .addArgument(environmentArgument())
    .addOption(endpointOption())
    .option("--json", "print what was found, and a new customer key, as JSON")
    .addHelpText("after", ABOUT_INIT)
    .addHelpText(
      "after",
      examples("npm run ops -- state init staging", "npm run --silent ops -- state init staging --json"),
    )
    .action(async (environment: Environment, { endpoint, json = false }: Options) => {
      const place = statePlace(environment, endpoint);
      const initialised = await initialise(place, stateKeys(process.env));
      const { findings, isTerraformsKeyTried, newCustomerKey, history, buckets } = initialised;
      const isWell = isTerraformsKeyTried && findings.every(({ state }) => state !== "failed");
      console.log(
        json
          ? JSON.stringify(
              {
                environment: environment.name,
                endpoint: place.server.endpoint,
                buckets,
                history,
                lockCanBeTrusted: isWell,
                changed: findings.some(({ state }) => state === "changed"),
                findings,
                exports: EXPORTS,
                customerKey: newCustomerKey,
              },
              null,
              2,
            )
          : initialisedText(place, initialised),
      );
      process.exitCode = isWell ? 0 : 1;
    });
}

function addKeepCommand(parent: Command): void {
  parent
    .command("keep")
    .description("Copies each state that changed to where former states are kept, unless its bucket keeps versions.")
    .addArgument(environmentArgument())
    .addOption(endpointOption())
    .option("--json", "print what was kept as JSON")
    .addHelpText("after", WHAT_IS_READ)
    .addHelpText("after", examples("npm run ops -- state keep staging"))
    .action(async (environment: Environment, { endpoint, json = false }: Options) => {
      statePlace(environment, endpoint);
      const kept = await keepHistory(environment, endpoint);
      console.log(json ? JSON.stringify(kept, null, 2) : keptText(environment.name, kept));
    });
}

function addLockCommand(parent: Command): void {
  parent
    .command("lock")
    .description("Says who holds the lock of a layer's state, or of any.")
    .addArgument(environmentArgument())
    .argument("[layer]", "such as layer-1; all of them unless named")
    .addOption(endpointOption())
    .option("--json", "print the locks as JSON")
    .addHelpText("after", WHAT_IS_READ)
    .addHelpText("after", examples("npm run ops -- state lock staging", "npm run ops -- state lock staging layer-1"))
    .action(async (environment: Environment, layer: string | undefined, { endpoint, json = false }: Options) => {
      statePlace(environment, endpoint);
      const locks = await (layer === undefined
        ? heldLocks(environment, endpoint)
        : lockOf(environment, layer, endpoint));
      if (json) {
        console.log(JSON.stringify(locks, null, 2));
      } else if (locks.length === 0) {
        console.log(await nobodyText(environment, layer, endpoint));
      } else {
        console.log(locks.map((lock) => lockText(environment.name, lock.layer, lock.info)).join("\n\n"));
      }
    });
}

function addDuringCommand(parent: Command): void {
  parent
    .command("during")
    .description("Runs a command that changes states, and keeps their history before and after it.")
    .argument("<command...>", "the command; the stacks in it say which environments it is about")
    .passThroughOptions()
    .addHelpText("after", "\nnpm run deploy and npm run deploy:layer are such commands.")
    .addHelpText("after", examples("npm run ops -- state during cdktf deploy staging-layer-1"))
    .action(async (command: readonly string[]) => {
      process.exitCode = await during(command);
    });
}

async function lockOf(environment: Environment, layer: string, endpoint: string | undefined) {
  const info = await lockHolder(environment, layer, endpoint);
  return info === undefined ? [] : [{ layer, info }];
}

/** A layer without a state may be misspelt. */
async function nobodyText(environment: Environment, layer: string | undefined, endpoint: string | undefined) {
  return layer === undefined
    ? `Nobody holds a lock of ${environment.name}.`
    : unlockedText(environment.name, layer, await layersWithState(environment, endpoint));
}

function endpointOption(): Option {
  return new Option("--endpoint <url>", "another S3 server than Spaces, for tests");
}
