import type { Bucket } from "./bucket";
import { newCustomerKey } from "./customer-key";
import { isUnknown } from "./s3";

const TEXT = "encrypted by the customer's key";

/**
 * Tries whether objects are encrypted by the customer's key. Some servers take the key and ignore it.
 *
 * @param bucket with the customer key
 * @param folder for what it writes
 * @returns why they are not encrypted; undefined when they are
 * @throws S3Error when it cannot be tried
 */
export async function encryptionProblem(bucket: Bucket, folder: string): Promise<string | undefined> {
  const key = `${folder}encrypted`;
  try {
    await bucket.put(key, TEXT);
  } catch (error) {
    if (isUnknown(error)) {
      return `it takes no customer key: ${error.message}`;
    }
    throw error;
  }
  if ((await bucket.get(key))?.body.toString() !== TEXT) {
    return "what was written with a customer key is not what is read with it";
  }
  if (!(await bucket.with(undefined).refuses(key))) {
    return "what was written with a customer key is read by whoever has none";
  }
  if (!(await bucket.with(newCustomerKey()).refuses(key))) {
    return "what was written with a customer key is read with any other";
  }
  return undefined;
}
