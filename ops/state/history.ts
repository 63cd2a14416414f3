import { FaultsError } from "../../config/faults";
import { OperatorError } from "../operator-error";
import type { Bucket } from "./bucket";
import { canKeepVersions, isThere, keepsVersions, makeBucket } from "./bucket-settings";
import { encryptionProblem } from "./encryption-probe";
import { LOCK_TRIAL, lockProblem } from "./lock-probe";
import { newProbeFolder, PROBE_FOLDER } from "./probe-folder";
import { isAnswer } from "./s3";

/** How former states are kept: as versions in their own bucket, or as copies in another one. */
export type History = "versions" | "copies";

/** What a server answers where a bucket cannot be removed, because something is in it, and where it is gone already. */
const LEFT_TO_ANOTHER = [409, 404];

/** The way that was chosen, and why the better one was not. */
export interface ChosenHistory {
  readonly history: History;
  /** Why the state bucket cannot keep versions itself; undefined where it can, or where this was found out earlier. */
  readonly whyNotVersions?: string;
}

/**
 * The way of keeping history that was chosen before, as the buckets themselves show it.
 *
 * @returns undefined where none was
 * @throws FaultsError when the name of the history's bucket is somebody else's
 */
export async function historyFound(bucket: Bucket, historyBucket: Bucket): Promise<History | undefined> {
  if ((await isThere(bucket)) && (await keepsVersions(bucket))) {
    return "versions";
  }
  return (await isThere(historyBucket)) ? "copies" : undefined;
}

/**
 * Finds out which way of keeping history leaves the lock intact, in a bucket that is removed afterwards: once a bucket
 * keeps versions, there is no way back. What another command tries there at the same time is left alone.
 *
 * @param scratch with a customer key
 * @throws OperatorError when states can be kept in neither way
 * @throws FaultsError when there is a bucket of that name with something else in it, or one that keeps versions
 */
export async function chooseHistory(scratch: Bucket): Promise<ChosenHistory> {
  if (!(await makeBucket(scratch))) {
    await mustBeOurs(scratch);
  }
  const folder = newProbeFolder();
  try {
    const encryption = await encryptionProblem(scratch, folder);
    if (encryption !== undefined) {
      throw unfit(`States would lie in clear: ${encryption}.`);
    }
    const plain = await lockProblem(scratch, folder);
    if (!(await canKeepVersions(scratch))) {
      throw unfit("It keeps no versions, so a state that was overwritten by mistake would be lost.");
    }
    const versioned = await lockProblem(scratch, folder);
    if (plain !== undefined && versioned !== undefined) {
      throw unfit(`States cannot be locked (${LOCK_TRIAL}): ${plain}. In a bucket that keeps versions: ${versioned}.`);
    }
    return versioned === undefined ? { history: "versions" } : { history: "copies", whyNotVersions: versioned };
  } finally {
    await scratch.wipe(folder);
    await removeUnlessUsed(scratch);
  }
}

/** Removes the bucket, unless another command tries something in it too, or was killed while it did. */
async function removeUnlessUsed(scratch: Bucket): Promise<void> {
  try {
    await scratch.ask("DeleteBucket", (s3, Bucket) => s3.deleteBucket({ Bucket }));
  } catch (error) {
    if (!isAnswer(error, ...LEFT_TO_ANOTHER)) {
      throw error;
    }
  }
}

/** What an earlier command left may be used again, anything else not. */
async function mustBeOurs(scratch: Bucket): Promise<void> {
  const foreign = (await scratch.keys("")).find((key) => !key.startsWith(PROBE_FOLDER));
  if (foreign !== undefined) {
    throw new FaultsError("ops state", [
      {
        where: scratch.name,
        message: `something is tried in a bucket of this name, which is removed then; it is there and has ${foreign}; move that elsewhere, or write another state.bucket`,
      },
    ]);
  }
  // The trial without versions would be one with them.
  if (await keepsVersions(scratch)) {
    throw new FaultsError("ops state", [
      {
        where: scratch.name,
        message:
          "another command tries something in this bucket; wait until it ended. If there is none, it was killed: delete the bucket, with every version in it",
      },
    ]);
  }
}

function unfit(why: string): OperatorError {
  return new OperatorError(`Terraform's states must not be kept on this server. ${why} Nothing was left there.`);
}
