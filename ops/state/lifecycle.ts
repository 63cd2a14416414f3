import { isDeepStrictEqual } from "node:util";
import type { LifecycleRule } from "@aws-sdk/client-s3";
import type { Bucket } from "./bucket";
import { PROBE_FOLDER } from "./probe-folder";
import { isAnswer, isUnknown } from "./s3";

/** How long a version is kept after it was replaced or deleted. */
export const OLD_VERSION_DAYS = 90;

const ALWAYS: readonly LifecycleRule[] = [
  {
    ID: "sprocket-uploads",
    Status: "Enabled",
    Filter: { Prefix: "" },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
  },
  // What a killed probe left.
  { ID: "sprocket-probes", Status: "Enabled", Filter: { Prefix: PROBE_FOLDER }, Expiration: { Days: 1 } },
];
const WITH_VERSIONS: readonly LifecycleRule[] = [
  ...ALWAYS,
  {
    ID: "sprocket-old-versions",
    Status: "Enabled",
    Filter: { Prefix: "" },
    NoncurrentVersionExpiration: { NoncurrentDays: OLD_VERSION_DAYS },
    // What is left of a lock once all its versions are gone.
    Expiration: { ExpiredObjectDeleteMarker: true },
  },
];

/** What came of arranging how objects age; a text says why a server does not do it. */
export type LifecycleOutcome = "as before" | "changed" | { readonly refused: string };

/**
 * Arranges that old versions and the remains of uploads and probes go by themselves, and nothing else.
 *
 * @param versions whether the bucket keeps versions
 * @throws S3Error
 */
export async function arrangeLifecycle(bucket: Bucket, versions: boolean): Promise<LifecycleOutcome> {
  const wanted = versions ? WITH_VERSIONS : ALWAYS;
  try {
    if (isSame(await rulesOf(bucket), wanted)) {
      return "as before";
    }
    await bucket.ask("PutBucketLifecycleConfiguration", (s3, Bucket) =>
      s3.putBucketLifecycleConfiguration({ Bucket, LifecycleConfiguration: { Rules: [...wanted] } }),
    );
  } catch (error) {
    if (isUnknown(error)) {
      return { refused: error.message };
    }
    throw error;
  }
  const rules = await rulesOf(bucket);
  return isSame(rules, wanted) ? "changed" : { refused: `it took the rules, and has these: ${JSON.stringify(rules)}` };
}

async function rulesOf(bucket: Bucket): Promise<readonly LifecycleRule[]> {
  try {
    const { Rules = [] } = await bucket.ask("GetBucketLifecycleConfiguration", (s3, Bucket) =>
      s3.getBucketLifecycleConfiguration({ Bucket }),
    );
    return Rules;
  } catch (error) {
    if (isAnswer(error, 404)) {
      return [];
    }
    throw error;
  }
}

function isSame(...lists: readonly (readonly LifecycleRule[])[]): boolean {
  const [one, other] = lists.map((rules) => Object.fromEntries(rules.map((rule) => [rule.ID, meaning(rule)])));
  return isDeepStrictEqual(one, other);
}

/** A rule, whichever way a server writes it. */
function meaning(rule: LifecycleRule) {
  return {
    isOn: rule.Status === "Enabled",
    prefix: rule.Filter?.Prefix ?? rule.Prefix ?? "",
    days: rule.Expiration?.Days,
    markers: rule.Expiration?.ExpiredObjectDeleteMarker ?? false,
    oldDays: rule.NoncurrentVersionExpiration?.NoncurrentDays,
    uploadDays: rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation,
  };
}
