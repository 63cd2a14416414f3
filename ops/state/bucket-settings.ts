import { FaultsError } from "../../config/faults";
import type { Bucket } from "./bucket";
import { isAnswer, isUnknown } from "./s3";

/** What a server answers where another customer has a bucket of that name. */
const SOMEBODY_ELSES = "BucketAlreadyExists";

/**
 * Whether a bucket is there.
 *
 * @throws FaultsError when it is somebody else's
 */
export async function isThere(bucket: Bucket): Promise<boolean> {
  try {
    await bucket.ask("HeadBucket", (s3, Bucket) => s3.headBucket({ Bucket }));
    return true;
  } catch (error) {
    if (isAnswer(error, 404)) {
      return false;
    }
    throw isAnswer(error, 403) ? somebodyElses(bucket, error.message) : error;
  }
}

/**
 * Makes a private bucket where there is none.
 *
 * @returns whether it was made
 * @throws FaultsError when somebody else has one of that name
 */
export async function makeBucket(bucket: Bucket): Promise<boolean> {
  if (await isThere(bucket)) {
    return false;
  }
  try {
    await bucket.ask("CreateBucket", (s3, Bucket) => s3.createBucket({ Bucket, ACL: "private" }));
  } catch (error) {
    throw isAnswer(error, 409) && error.code === SOMEBODY_ELSES ? somebodyElses(bucket, error.message) : error;
  }
  return true;
}

/** Whether a bucket keeps what was replaced or deleted. */
export async function keepsVersions(bucket: Bucket): Promise<boolean> {
  const { Status } = await bucket.ask("GetBucketVersioning", (s3, Bucket) => s3.getBucketVersioning({ Bucket }));
  return Status === "Enabled";
}

/** Has a bucket keep what is replaced or deleted from now on. */
export async function keepVersions(bucket: Bucket): Promise<void> {
  await bucket.ask("PutBucketVersioning", (s3, Bucket) =>
    s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: "Enabled" } }),
  );
}

/**
 * Has a bucket keep what is replaced or deleted from now on, if its server does that at all.
 *
 * @returns whether it does
 */
export async function canKeepVersions(bucket: Bucket): Promise<boolean> {
  try {
    await keepVersions(bucket);
  } catch (error) {
    if (isUnknown(error)) {
      return false;
    }
    throw error;
  }
  return keepsVersions(bucket);
}

function somebodyElses({ name }: Bucket, said: string): FaultsError {
  return new FaultsError("ops state", [
    {
      where: name,
      message: `a bucket of this name is somebody else's, or the key may not see it (${said}); write another name as state.bucket into config/environments/, or take a key that may make buckets`,
    },
  ]);
}
