import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { knownHostsFile } from "../../config/known-hosts";
import { hostnameOf, nodesOf } from "../../config/nodes";
import type { Environment } from "../../config/schema";
import { agreed } from "../asking";
import { PROJECT_FOLDER } from "../folders";
import { OperatorError } from "../operator-error";
import { addressesOf } from "./addresses";
import { fingerprintOf, type HostKey, readHostKeys, writtenHostKeys } from "./host-key";
import { keyAt } from "./key-scan";
import { requireCloud } from "./machines";

const HOW_TO_COMPARE = `Compare each with what its machine says of itself. After its first start, DigitalOcean's recovery console shows it under
"SSH HOST KEY FINGERPRINTS"; whoever can sign in there asks: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub`;

/** What is met at the addresses of a machine. */
interface Met {
  readonly name: string;
  readonly addresses: readonly string[];
  /** By address; undefined where nobody answers. */
  readonly keys: readonly (string | undefined)[];
}

/**
 * Pins the host keys of an environment's machines, once a person compared them.
 *
 * @param compared the fingerprints that the machines' consoles show; undefined to ask
 * @throws OperatorError when a key has changed, or a person does not agree
 */
export async function trust(environment: Environment, compared: readonly string[] | undefined): Promise<void> {
  requireCloud(environment);
  const file = knownHostsFile(environment);
  const path = join(PROJECT_FOLDER, file);
  const pinned = existsSync(path) ? readHostKeys(readFileSync(path, "utf8")) : [];
  const keys = (await met(environment)).map((machine) => keyOf(machine, pinned, file));
  const unknown = keys.filter(({ key }) => !pinned.some((known) => known.key === key));
  if (unknown.length > 0) {
    await agree(unknown, compared);
  }
  const text = writtenHostKeys(keys);
  if (text === writtenHostKeys(pinned)) {
    console.log(`${file} has these keys already.`);
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`${file} is written. Commit it: from then on ssh and Terraform accept no other key.`);
}

async function met(environment: Environment): Promise<readonly Met[]> {
  const { reserved, public: own } = await addressesOf(environment);
  return Promise.all(
    nodesOf(environment).map(async (node, index) => {
      const addresses = [...(node.keepsData ? [reserved] : []), ...own.slice(index, index + 1)];
      return { name: hostnameOf(node, environment), addresses, keys: await Promise.all(addresses.map(keyAt)) };
    }),
  );
}

/** The one key of a machine, which is the pinned one where there is one. */
function keyOf({ name, addresses, keys }: Met, pinned: readonly HostKey[], file: string): HostKey {
  const known = pinned.find((each) => each.addresses.some((address) => addresses.includes(address)));
  const found = [...new Set(keys.filter((key) => key !== undefined))];
  const changed = found.find((key) => known !== undefined && key !== known.key);
  if (known !== undefined && changed !== undefined) {
    throw new OperatorError(
      `THE HOST KEY OF ${name} (${addresses.join(", ")}) IS ANOTHER ONE. It was ${fingerprintOf(known.key)}, and is ${fingerprintOf(changed)}.
Somebody may be listening in between. Nothing was written.
If you know that the machine was made anew, delete its line in ${file}, and run this again.`,
    );
  }
  const [key, ...others] = known === undefined ? found : [known.key];
  if (key === undefined) {
    throw new OperatorError(
      `${name} does not answer ssh-keyscan at ${addresses.join(", ")}. Your address must be one of cloud.ssh.sources in the environment's file. Nothing was written.`,
    );
  }
  if (others.length > 0) {
    throw new OperatorError(
      `${addresses.join(" and ")} should lead to ${name}, and lead to hosts with different keys: ${found.map(fingerprintOf).join(", ")}. Nothing was written.`,
    );
  }
  return { name, addresses, key };
}

async function agree(unknown: readonly HostKey[], compared: readonly string[] | undefined): Promise<void> {
  for (const { name, addresses, key } of unknown) {
    console.error(`${name} (${addresses.join(", ")}): ${fingerprintOf(key)}`);
  }
  const strange = unknown.filter(({ key }) => compared?.includes(fingerprintOf(key)) === false);
  if (strange.length > 0) {
    const names = strange.map(({ name }) => name).join(", ");
    throw new OperatorError(`The fingerprint of ${names} is none of those that you gave. Nothing was written.`);
  }
  if (compared !== undefined) {
    return;
  }
  console.error(`\n${HOW_TO_COMPARE}\n`);
  const asking = { otherwise: "write what the consoles show after --fingerprints." };
  if (!(await agreed("Do the consoles show the same?", asking))) {
    throw new OperatorError("Nothing was written.");
  }
}
