import { dirname } from "node:path";
import { NODE_APPLICATIONS } from "./applications";
import type { Application } from "./applications/application";
import { faultsOf } from "./contract/check";
import { contractBeside } from "./contract/contract";
import type { Fault } from "./contract/fault";
import { Given } from "./contract/given";
import { Surroundings } from "./contract/surroundings";
import { complain, report } from "./services/report";
import { crashIfThatIsTheVersion } from "./services/version";

const EXIT_FAILURE = 1;
const FOR_EVER_MILLISECONDS = 2 ** 31 - 1;

/** Is the application in whose place this program lies. */
async function main(): Promise<void> {
  crashIfThatIsTheVersion();
  const [, entry = ""] = process.argv;
  const found = Object.entries<Application>(NODE_APPLICATIONS).find(([, application]) => application.entry === entry);
  if (found === undefined) {
    throw new Error(`${entry} is the program of no application`);
  }
  const [name, application] = found;
  const contract = contractBeside(dirname(entry)).services[name];
  if (contract === undefined) {
    throw new Error(`the contract knows no ${name}`);
  }
  const surroundings = new Surroundings(process.env);
  const faults = faultsOf(contract, surroundings);
  for (const { text } of faults) {
    console.error(text);
  }
  if (faults.length > 0) {
    endWith(faults, application);
    return;
  }
  report(`${name} was given what it needs`);
  await start(application, new Given(contract, surroundings));
}

async function start({ start, whenStartFails }: Application, given: Given): Promise<void> {
  try {
    await start(given);
  } catch (error) {
    complain("the start failed", error);
    if (whenStartFails === "ends") {
      process.exit(EXIT_FAILURE);
    }
    stay();
  }
}

function endWith(faults: readonly Fault[], { answersFaults, withoutLogLevels }: Application): void {
  if (answersFaults !== undefined) {
    answersFaults(faults.map(({ text }) => text));
    return;
  }
  if (withoutLogLevels === undefined || faults.some(({ about }) => about !== "logger.levels")) {
    process.exitCode = EXIT_FAILURE;
  } else if (withoutLogLevels === "stays") {
    stay();
  }
}

/** Keeps the process although it has nothing to do. */
function stay(): void {
  setInterval(() => undefined, FOR_EVER_MILLISECONDS);
}

void main();
