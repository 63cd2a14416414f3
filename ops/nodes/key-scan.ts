import { OperatorError } from "../operator-error";
import { runProgram } from "../run-program";
import { readHostKeys } from "./host-key";

const LONGEST_SECONDS = 10;

/**
 * Asks an address for the key of the host that answers there. Who answers may be anybody.
 *
 * @returns undefined where nobody answers
 * @throws OperatorError without `ssh-keyscan`
 */
export async function keyAt(address: string): Promise<string | undefined> {
  const args = ["-t", "ed25519", "-T", String(LONGEST_SECONDS), address];
  const { stdout } = await runProgram("ssh-keyscan", args, { seconds: 2 * LONGEST_SECONDS }).catch(
    ({ message }: Error) => {
      throw new OperatorError(`ssh-keyscan cannot be run: ${message}. It comes with OpenSSH's client.`);
    },
  );
  return readHostKeys(stdout)[0]?.key;
}
