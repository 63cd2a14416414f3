import { readFileSync, writeFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { check, lock } from "proper-lockfile";
import { rejectFaults } from "../../config/faults";
import { stateFile } from "../folders";
import { isAlive } from "./processes";

/** How long after a process was killed its lock is taken for left over. It is renewed in half that time. */
const STALE_MILLISECONDS = 5_000;
/** Longer than until a left-over lock is taken for one. */
const RETRIES = { retries: 8, factor: 1, minTimeout: 1_000 };

/** The code of the error about a lock that another has. */
const LOCKED = "ELOCKED";

/** Who has a lock. */
interface Holder {
  readonly process: number;
  readonly inWords: string;
}

/**
 * Keeps two commands of this folder from working on one environment at once. The lock goes with the process.
 *
 * @param command the one that takes it, for whoever finds it locked
 * @returns what gives it back
 * @throws FaultsError when another command has it, naming that one
 */
export async function lockEnvironment(name: string, command: string): Promise<() => Promise<void>> {
  const file = stateFile(name);
  const holderFile = `${file}.holder.json`;
  const refuse = () => {
    const message = `${holderIn(holderFile)?.inWords ?? "another command"} works on it; wait until that ended`;
    rejectFaults("environment", [{ where: name, message }]);
  };
  const options = { realpath: false, stale: STALE_MILLISECONDS };
  const holder = (await check(file, options)) ? holderIn(holderFile) : undefined;
  if (holder !== undefined && isAlive(holder.process)) {
    refuse();
  }
  const unlock = await lock(file, {
    ...options,
    retries: RETRIES,
    // A laptop that slept was late to renew it. If another took it meanwhile, Terraform's own locks keep them apart.
    onCompromised: () => {},
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === LOCKED) {
      refuse();
    }
    throw error;
  });
  writeFileSync(holderFile, JSON.stringify(thisOne(command)));
  // What another took meanwhile cannot be given back, and what was done is done.
  return () => unlock().catch(() => {});
}

function thisOne(command: string): Holder {
  const who = `${userInfo().username}@${hostname()}`;
  return {
    process: process.pid,
    inWords: `${command} of ${who}, process ${process.pid}, since ${new Date().toISOString()},`,
  };
}

function holderIn(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}
