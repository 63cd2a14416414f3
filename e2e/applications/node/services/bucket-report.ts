import { randomUUID } from "node:crypto";
import type { Bucket } from "./bucket";
import { complain, messageOf, report } from "./report";

/** What an application does with its bucket. */
export type BucketUse = "read" | "write" | "read, write";

const KEY = "stand-in/hello";
const HELLO = "hello";

/**
 * Says on the log whether the bucket can be used as it will be. No application notices at its start that it cannot, so
 * this ends none.
 */
export async function reportBucket(bucket: Bucket, use: BucketUse): Promise<void> {
  try {
    await bucket.region();
    if (use !== "read") {
      await bucket.put(KEY, HELLO);
      if (use === "read, write" && (await bucket.get(KEY)) !== HELLO) {
        throw new Error(`${KEY} is not what was written`);
      }
    } else {
      await readsWhatIsNotThere(bucket);
    }
    report(`the bucket can be used: ${use}`);
  } catch (error) {
    complain("the bucket cannot be used", error);
  }
}

/** Who may read is told that there is no such object; who may not is refused. */
async function readsWhatIsNotThere(bucket: Bucket): Promise<void> {
  await bucket.get(randomUUID()).catch((error: unknown) => {
    if (!messageOf(error).includes(": 404 ")) {
      throw error;
    }
  });
}
