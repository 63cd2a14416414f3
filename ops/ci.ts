import { type Command, InvalidArgumentError } from "commander";
import { rejectFaults } from "../config/faults";
import { areHostsPinned } from "../config/known-hosts";
import type { Environment } from "../config/schema";
import { closeDoor, doorName, doorsOf, isLeftOver, machineAddresses, openDoor } from "./ci/doors";
import { jobId } from "./ci/job";
import { faultOfAddress, ownAddress } from "./ci/own-address";
import { answersSsh } from "./ci/reachable";
import { DigitalOcean } from "./cloud/digitalocean";
import { environmentArgument } from "./environment-argument";
import { examples } from "./help";
import { OperatorError } from "./operator-error";

const RIGHTS = "read droplets, and read, create and delete firewalls";
const ABOUT = `
A runner has no fixed address, so it cannot be in cloud.ssh.sources. It gets a firewall of its own beside Terraform's,
for one address and port 22. DIGITALOCEAN_TOKEN is needed, of which Terraform's will do.`;

interface Options {
  readonly job?: string;
  readonly address?: string;
}

/** `ops ci`: CI's way to the machines of an environment in the cloud, for as long as a job takes. */
export function addCiCommand(program: Command): void {
  const ci = program.command("ci").description("CI's way to the machines of an environment in the cloud.");
  subcommand(ci, "open", "Lets this machine reach the others by SSH until close; removes what former jobs left open.")
    .option("--address <address>", "the IPv4 address that others see this machine at, in place of asking", addressOf)
    .addHelpText("after", examples("npm run ops -- ci open production"))
    .action(open);
  subcommand(ci, "close", "Takes back what open did in the same job. Nothing is wrong where there is nothing to take.")
    .addHelpText("after", examples("npm run ops -- ci close production"))
    .action(close);
}

function subcommand(ci: Command, name: string, description: string): Command {
  return ci
    .command(name)
    .description(description)
    .addArgument(environmentArgument())
    .option("--job <name>", "which job this is; in a job of GitHub's it is known")
    .addHelpText("after", ABOUT);
}

async function open(environment: Environment, { job, address: given }: Options): Promise<void> {
  requireCloud(environment);
  const id = jobId(job);
  const api = new DigitalOcean(RIGHTS);
  const address = given ?? (await ownAddress());
  const name = doorName(environment, id);
  const now = new Date();
  for (const door of await doorsOf(api, environment)) {
    // One of this job's is of a step that was run before, perhaps from another address.
    if (door.name === name || isLeftOver(door, now)) {
      await closeDoor(api, door);
      console.log(`${door.name}, of ${door.created.toISOString()}, is closed.`);
    }
  }
  // Before anything is made: the foundation, which makes the machines, also makes the tag that the firewall is for.
  const machines = await machineAddresses(api, environment);
  if (machines.length === 0) {
    throw new OperatorError(
      `${environment.name} has no machines yet. Deploy them first: npm run deploy:layer -- ${environment.name}-foundation`,
    );
  }
  await openDoor(api, environment, id, address);
  console.log(`${name} is open: ${address} may reach port 22 of the machines of ${environment.name}.`);
  const answers = await Promise.all(machines.map(answersSsh));
  const silent = machines.filter((_, index) => !answers[index]);
  if (silent.length > 0) {
    throw new OperatorError(
      `Nobody answers at port 22 of ${silent.join(", ")}. The firewall stays until: npm run ops -- ci close ${environment.name}`,
    );
  }
  console.log(`They answer. In the end, whatever happens: npm run ops -- ci close ${environment.name}`);
  if (!areHostsPinned(environment)) {
    console.log(`Nobody pinned their host keys: npm run ops -- nodes trust ${environment.name}`);
  }
}

async function close(environment: Environment, { job }: Options): Promise<void> {
  requireCloud(environment);
  const name = doorName(environment, jobId(job));
  const api = new DigitalOcean(RIGHTS);
  const own = (await doorsOf(api, environment)).filter((door) => door.name === name);
  for (const door of own) {
    await closeDoor(api, door);
  }
  console.log(own.length === 0 ? `There is no ${name}.` : `${name} is closed.`);
}

function requireCloud({ name, platform }: Environment): void {
  rejectFaults(
    "ci",
    platform === "cloud" ? [] : [{ where: name, message: "it has no cloud, and no firewall; name another" }],
  );
}

function addressOf(given: string): string {
  const fault = faultOfAddress(given);
  if (fault !== undefined) {
    throw new InvalidArgumentError(fault);
  }
  return given;
}
