import { rejectFaults } from "../../config/faults";
import { Bucket } from "./bucket";
import { isThere, keepsVersions, keepVersions, makeBucket } from "./bucket-settings";
import { customerKeyFaults, newCustomerKey } from "./customer-key";
import type { StateFinding } from "./finding";
import { chooseHistory, type History, historyFound } from "./history";
import type { StateKeys } from "./keys";
import { arrangeLifecycle, OLD_VERSION_DAYS } from "./lifecycle";
import type { StatePlace } from "./place";
import { prove } from "./proof";
import { type Door, doorTo } from "./s3";

/** What came of arranging where states are kept. */
export interface Initialised {
  readonly history: History;
  /** The buckets that hold states. */
  readonly buckets: readonly string[];
  readonly findings: readonly StateFinding[];
  /** The key that encrypts states, where it was made now. */
  readonly newCustomerKey?: string;
  /** Whether Terraform's own key was tried: there may be none before the buckets that it is for. */
  readonly isTerraformsKeyTried: boolean;
}

/**
 * Makes the buckets for an environment's states where they are missing, and tries whether states are private, encrypted
 * and locked there.
 *
 * @throws FaultsError for a key that is not the one of the states that are there, or a bucket that is somebody else's
 * @throws OperatorError when states must not be kept there
 */
export async function initialise(place: StatePlace, keys: StateKeys): Promise<Initialised> {
  const customerKey = keys.customerKey ?? newCustomerKey();
  const maker = await doorTo(place.server, keys.maker);
  const bucketNamed = (name: string, door: Door = maker) => new Bucket(door, name, customerKey);
  const bucket = bucketNamed(place.bucket);
  if (await isThere(bucket)) {
    rejectFaults("ops state init", await customerKeyFaults(bucket, place.environment, keys.customerKey));
  }
  const { history, whyNotVersions } = await howToKeep(bucket, bucketNamed(place.historyBucket), () =>
    chooseHistory(bucketNamed(place.scratchBucket)),
  );
  const buckets = history === "versions" ? [place.bucket] : [place.bucket, place.historyBucket];
  const findings: StateFinding[] = [];
  for (const name of buckets) {
    const versions = history === "versions" || name === place.historyBucket;
    findings.push(...(await arrange(bucketNamed(name), versions)));
  }
  findings.push(historyFinding(place, history, whyNotVersions));
  const outside = await doorTo(place.server);
  const user = keys.terraform === undefined ? maker : await doorTo(place.server, keys.terraform);
  for (const name of buckets) {
    findings.push(
      ...(await prove({
        owner: bucketNamed(name),
        user: bucketNamed(name, user),
        outside: bucketNamed(name, outside).with(undefined),
        isLocked: name === place.bucket,
      })),
    );
  }
  const isWell = findings.every(({ state }) => state !== "failed");
  const isTerraformsKeyTried = keys.terraform !== undefined;
  return {
    history,
    buckets,
    findings,
    newCustomerKey: keys.customerKey === undefined && isTerraformsKeyTried && isWell ? customerKey : undefined,
    isTerraformsKeyTried,
  };
}

async function howToKeep(bucket: Bucket, historyBucket: Bucket, choose: () => ReturnType<typeof chooseHistory>) {
  const found = await historyFound(bucket, historyBucket);
  return found === undefined ? choose() : { history: found, whyNotVersions: undefined };
}

/** Makes a bucket and arranges it, as far as that was not done before. */
async function arrange(bucket: Bucket, versions: boolean): Promise<readonly StateFinding[]> {
  const isNew = await makeBucket(bucket);
  const isVersioned = await keepsVersions(bucket);
  if (versions && !isVersioned) {
    await keepVersions(bucket);
  }
  const lifecycle = await arrangeLifecycle(bucket, versions);
  const changes = [
    ...(isNew ? ["made"] : []),
    ...(versions && !isVersioned ? ["keeps versions from now on"] : []),
    ...(lifecycle === "changed"
      ? [versions ? `old versions expire after ${OLD_VERSION_DAYS} days` : "states do not expire"]
      : []),
  ];
  const subject = bucket.name;
  return [
    changes.length > 0
      ? { state: "changed", subject, message: changes.join("; ") }
      : { state: "ok", subject, message: "is arranged as before" },
    ...(typeof lifecycle === "object"
      ? [
          {
            state: "warning" as const,
            subject,
            message: `what is old does not expire: ${lifecycle.refused}`,
            remedy: "delete old versions by hand, once a year",
          },
        ]
      : []),
  ];
}

function historyFinding({ bucket, historyBucket }: StatePlace, history: History, whyNot?: string): StateFinding {
  const subject = "history";
  if (history === "versions") {
    return { state: "ok", subject, message: `former states are versions in ${bucket}` };
  }
  const why = whyNot === undefined ? "" : `; ${bucket} cannot keep versions and be locked as well: ${whyNot}`;
  return {
    state: "ok",
    subject,
    message: `former states are copied to ${historyBucket} by npm run deploy, deploy:layer and ops state keep${why}`,
  };
}
