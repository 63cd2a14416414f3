import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { check, lock } from "proper-lockfile";
import { rejectFaults } from "../../config/faults";
import { STATE_FOLDER } from "../folders";

/** How long after a process was killed its lock is taken for left over. It is renewed in half that time. */
const STALE_MILLISECONDS = 5_000;

/**
 * Keeps two commands of this folder from working on one environment at once. The lock goes with the process.
 *
 * @param what the command that takes it, for whoever finds it locked
 * @returns what gives it back
 * @throws FaultsError when another command has it, naming that one
 */
export async function lockEnvironment(name: string, what: string): Promise<() => Promise<void>> {
  mkdirSync(STATE_FOLDER, { recursive: true });
  const lockfilePath = join(STATE_FOLDER, `${name}.lock`);
  const holderFile = join(STATE_FOLDER, `${name}.holder`);
  const options = { lockfilePath, realpath: false, stale: STALE_MILLISECONDS };
  if (await check(STATE_FOLDER, options)) {
    const message = `${holderIn(holderFile)} works on it; wait until that ended`;
    rejectFaults("environment", [{ where: name, message }]);
  }
  const unlock = await lock(STATE_FOLDER, {
    ...options,
    // A laptop that slept was late to renew it. If another took it meanwhile, Terraform's own locks keep them apart.
    onCompromised: () => {},
  });
  const who = `${userInfo().username}@${hostname()}`;
  writeFileSync(holderFile, `${what} of ${who}, process ${process.pid}, since ${new Date().toISOString()}`);
  return unlock;
}

function holderIn(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "another command";
  }
}
