import { FaultsError } from "../../config/faults";
import type { Environment } from "../../config/schema";
import { Bucket } from "../state/bucket";
import { isThere } from "../state/bucket-settings";
import { customerKeyFaults } from "../state/customer-key";
import { type TerraformKeys, terraformKeys } from "../state/keys";
import { holderText, locksIn } from "../state/lock";
import { statePlace } from "../state/place";
import { doorTo } from "../state/s3";
import type { Finding } from "./finding";

/** What the check is about. */
export const STATES = "Terraform's states";

/**
 * Whether Terraform gets at its states in Spaces: the bucket is there, the key of it and the one that encrypts are the
 * right ones, and nobody holds a lock. Reads, and writes nothing.
 *
 * @param layers the names of those that are to be deployed
 * @param endpoint of another S3 server than Spaces, for tests
 * @throws Error when Spaces does not answer
 */
export async function stateFindings(
  environment: Environment,
  layers: readonly string[],
  endpoint?: string,
): Promise<readonly Finding[]> {
  if (environment.state.kind !== "spaces") {
    return [{ subject: STATES, state: "ok", message: "are files of this folder" }];
  }
  const keys = keysBrought();
  if (keys === undefined) {
    return [{ subject: STATES, state: "unknown", message: "could not ask: keys are missing or malformed" }];
  }
  const { server, bucket: name } = statePlace(environment, endpoint);
  const door = await doorTo(server, keys.access);
  try {
    const bucket = new Bucket(door, name, keys.customerKey);
    if (!(await isThere(bucket))) {
      return [
        {
          subject: name,
          state: "failed",
          message: "is not there",
          remedy: `npm run ops -- state init ${environment.name}`,
        },
      ];
    }
    const faults = await customerKeyFaults(bucket, environment.name, keys.customerKey);
    const findings = [...failed(faults), ...(faults.length > 0 ? [] : await lockFindings(bucket, environment, layers))];
    return findings.length > 0
      ? findings
      : [{ subject: STATES, state: "ok", message: `are read in ${name}, and nobody holds a lock` }];
  } catch (error) {
    if (error instanceof FaultsError) {
      return failed(error.faults);
    }
    throw error;
  } finally {
    door.s3.destroy();
  }
}

/** Undefined where something is wrong with them, which is said where all that people bring is looked at. */
function keysBrought(): TerraformKeys | undefined {
  try {
    return terraformKeys(process.env);
  } catch {
    return undefined;
  }
}

/** Terraform waits for a lock. */
async function lockFindings(bucket: Bucket, { name }: Environment, layers: readonly string[]) {
  const locks = (await locksIn(bucket, name)).filter(({ layer }) => layers.includes(layer));
  return locks.map(
    ({ layer, info }): Finding => ({
      subject: `${name}-${layer}`,
      state: "warning",
      message: `its state is locked by ${holderText(info)}; a deploy waits until that ended`,
      remedy: `where that one does not run any more: npm run ops -- state lock ${name} ${layer}`,
    }),
  );
}

/** A fault of the key or of the bucket's name says itself what would be right. */
function failed(faults: FaultsError["faults"]): readonly Finding[] {
  return faults.map(({ where, message }) => ({ subject: where, state: "failed", message }));
}
