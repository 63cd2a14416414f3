import type { Bucket } from "./bucket";
import { isAnswer, isUnknown } from "./s3";

const ROUNDS = 5;
const WRITERS = 8;
/** To whoever comes second; Amazon answers the other one to whoever comes at the same time. */
const TAKEN = [412, 409];

/** How the lock was tried, in words. */
export const LOCK_TRIAL = `${WRITERS} writers at once, ${ROUNDS} times`;

/**
 * Tries whether states can be locked, in the way in which Terraform locks them with `use_lockfile`.
 *
 * @param bucket with the customer key
 * @param folder for what it writes
 * @returns why they cannot be locked; undefined when they can
 * @throws S3Error when it cannot be tried
 */
export async function lockProblem(bucket: Bucket, folder: string): Promise<string | undefined> {
  const key = `${folder}lock.tflock`;
  for (let round = 1; round <= ROUNDS; round++) {
    const writers = Array.from({ length: WRITERS }, (_, index) => `writer ${index + 1} of round ${round}`);
    const outcomes = await Promise.all(writers.map((writer) => take(bucket, key, writer)));
    const unknown = outcomes.find((outcome) => typeof outcome === "string");
    if (unknown !== undefined) {
      return `a write on condition that there is nothing yet is not known to it: ${unknown}`;
    }
    const winners = writers.filter((_, index) => outcomes[index] === true);
    const [winner] = winners;
    if (winner === undefined) {
      return round === 1
        ? `none of ${WRITERS} writers got a lock that nobody held`
        : "a lock that was given back cannot be taken again";
    }
    if (winners.length > 1) {
      return `${winners.length} of ${WRITERS} writers at once got the same lock`;
    }
    const holder = (await bucket.get(key))?.body.toString();
    if (holder !== winner) {
      return "a writer that was refused wrote over the lock";
    }
    await bucket.delete(key);
  }
  return undefined;
}

/** @returns whether the writer got the lock, or what the server says of the way to ask */
async function take(bucket: Bucket, key: string, writer: string): Promise<boolean | string> {
  try {
    await bucket.put(key, writer, { onlyNew: true });
    return true;
  } catch (error) {
    if (isAnswer(error, ...TAKEN)) {
      return false;
    }
    if (isUnknown(error)) {
      return error.message;
    }
    throw error;
  }
}
