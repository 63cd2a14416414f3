import type { Environment } from "../../config/schema";
import { Bucket } from "./bucket";
import { type TerraformKeys, terraformKeys } from "./keys";
import { lockKey, type S3Server, STATE_ENDING, stateFolder, stateKey, statePlace } from "./place";
import { doorTo } from "./s3";

/** Who holds a lock, as Terraform writes it down. */
export interface LockInfo {
  readonly ID: string;
  /** Such as `OperationTypeApply`. */
  readonly Operation: string;
  /** User and machine. */
  readonly Who: string;
  /** When, by that machine's clock. */
  readonly Created: string;
}

/** A lock of a layer's state. */
export interface HeldLock {
  readonly layer: string;
  readonly info: LockInfo;
}

/**
 * Who holds the lock of a layer's state in Spaces. Terraform itself cannot say it: it reads the lock without the
 * customer key, and is refused.
 *
 * @param endpoint of another S3 server than Spaces, for tests
 * @returns undefined where nobody does
 * @throws FaultsError for an environment whose states are not in Spaces, or when a key is missing
 * @throws OperatorError when the lock cannot be read
 */
export async function lockHolder(
  environment: Environment,
  layer: string,
  endpoint?: string,
): Promise<LockInfo | undefined> {
  const { server, bucket } = statePlace(environment, endpoint);
  return lockAt(server, bucket, stateKey(environment.name, layer), terraformKeys(process.env));
}

/**
 * Every lock that somebody holds on an environment's states.
 *
 * @throws FaultsError for an environment whose states are not in Spaces, or when a key is missing
 * @throws OperatorError when a lock cannot be read
 */
export async function heldLocks(environment: Environment, endpoint?: string): Promise<readonly HeldLock[]> {
  return locksIn(await bucketOf(environment, endpoint), environment.name);
}

/**
 * Every lock that somebody holds on an environment's states in a bucket.
 *
 * @throws OperatorError when a lock cannot be read
 */
export async function locksIn(bucket: Bucket, environment: string): Promise<readonly HeldLock[]> {
  const locks = (await layersIn(bucket, environment, lockKey(STATE_ENDING))).map(async (layer) => {
    const info = await infoIn(bucket, lockKey(stateKey(environment, layer)));
    return info === undefined ? [] : [{ layer, info }];
  });
  return (await Promise.all(locks)).flat();
}

/**
 * The layers of an environment that have a state.
 *
 * @throws FaultsError for an environment whose states are not in Spaces, or when a key is missing
 * @throws OperatorError when the bucket cannot be read
 */
export async function layersWithState(environment: Environment, endpoint?: string): Promise<readonly string[]> {
  return layersIn(await bucketOf(environment, endpoint), environment.name, STATE_ENDING);
}

/**
 * Who holds the lock of a state, wherever it is.
 *
 * @param key the state's
 * @returns undefined where nobody does
 * @throws OperatorError when the lock cannot be read
 */
export async function lockAt(
  server: S3Server,
  bucket: string,
  key: string,
  { access, customerKey }: TerraformKeys,
): Promise<LockInfo | undefined> {
  const door = await doorTo(server, access);
  try {
    return await infoIn(new Bucket(door, bucket, customerKey), lockKey(key));
  } finally {
    // Who waits for a lock asks again and again.
    door.s3.destroy();
  }
}

/** One line about who holds a lock. */
export function holderText({ Who, Created, ID }: Omit<LockInfo, "Operation">): string {
  return `${Who} since ${Created} (lock ${ID})`;
}

async function bucketOf(environment: Environment, endpoint: string | undefined): Promise<Bucket> {
  const { server, bucket } = statePlace(environment, endpoint);
  const { access, customerKey } = terraformKeys(process.env);
  return new Bucket(await doorTo(server, access), bucket, customerKey);
}

/** The layers that have an object of this ending. */
async function layersIn(bucket: Bucket, environment: string, ending: string): Promise<readonly string[]> {
  const folder = stateFolder(environment);
  return (await bucket.keys(folder))
    .filter((key) => key.endsWith(ending))
    .map((key) => key.slice(folder.length, -ending.length));
}

async function infoIn(bucket: Bucket, key: string): Promise<LockInfo | undefined> {
  const lock = await bucket.get(key);
  return lock && (JSON.parse(lock.body.toString()) as LockInfo);
}
