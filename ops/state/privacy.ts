import type { Bucket } from "./bucket";
import { isAnswer } from "./s3";

const REFUSED = [401, 403];

/**
 * What lets others than its owner into a bucket.
 *
 * @param bucket as its owner finds it, without a customer key
 * @param outside the same as anybody finds it
 * @param folder for what it writes
 * @throws S3Error when it cannot be asked
 */
export async function openings(bucket: Bucket, outside: Bucket, folder: string): Promise<readonly string[]> {
  const others = await granteesOf(bucket);
  const key = `${folder}private`;
  await bucket.put(key, "not for anybody");
  const isListed = await isOpen(() => outside.keys(""));
  const isRead = await isOpen(() => outside.get(key));
  return [
    ...(others.length > 0 ? [`its ACL lets in ${others.join(", ")}`] : []),
    ...(isListed ? ["anybody may list it"] : []),
    ...(isRead ? ["anybody may read what is in it"] : []),
  ];
}

async function granteesOf(bucket: Bucket): Promise<readonly string[]> {
  const { Owner, Grants = [] } = await bucket.ask("GetBucketAcl", (s3, Bucket) => s3.getBucketAcl({ Bucket }));
  return Grants.flatMap(({ Grantee }) =>
    Grantee === undefined || (Grantee.ID !== undefined && Grantee.ID === Owner?.ID)
      ? []
      : (Grantee.URI ?? Grantee.ID ?? "somebody"),
  );
}

async function isOpen(asking: () => Promise<unknown>): Promise<boolean> {
  try {
    await asking();
    return true;
  } catch (error) {
    if (isAnswer(error, ...REFUSED)) {
      return false;
    }
    throw error;
  }
}
