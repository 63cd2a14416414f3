import type { Environment } from "../../config/schema";
import { OperatorError } from "../operator-error";
import { Bucket, type StoredObject, WRONG_KEY } from "./bucket";
import { statesOf } from "./customer-key";
import { terraformKeys } from "./keys";
import { type StatePlace, statePlace } from "./place";
import { doorTo, isAnswer } from "./s3";

/** The copy's metadata that say which state it is of. */
const SOURCE_ETAG = "source-etag";
const SOURCE_MODIFIED = "source-modified";

/** How the history of one state is. */
export interface KeptState {
  /** The state's key. */
  readonly state: string;
  /** It is a version of the state bucket's own; it was copied now; or it was copied before. */
  readonly kept: "as a version" | "copied" | "as before";
}

/**
 * Sees to it that the present states of an environment stay, whatever is written next: copies what changed since the
 * last copy, unless the state bucket keeps versions itself. An environment whose states are files has nothing to keep.
 *
 * @param endpoint of another S3 server than Spaces, for tests
 * @throws FaultsError when a key is missing
 * @throws OperatorError when a state cannot be kept
 */
export async function keepHistory(environment: Environment, endpoint?: string): Promise<readonly KeptState[]> {
  if (environment.state.kind === "local") {
    return [];
  }
  const place = statePlace(environment, endpoint);
  const { access, customerKey } = terraformKeys(process.env);
  const door = await doorTo(place.server, access);
  const [states, copies] = [place.bucket, place.historyBucket].map((name) => new Bucket(door, name, customerKey)) as [
    Bucket,
    Bucket,
  ];
  try {
    const keys = await statesOf(states, place.environment);
    return await Promise.all(keys.map((key) => keepState(states, copies, key)));
  } catch (error) {
    throw isAnswer(error, 404) ? notArranged(place, error.message) : error;
  }
}

async function keepState(states: Bucket, copies: Bucket, key: string): Promise<KeptState> {
  const state = await states.head(key);
  if (state?.version !== undefined) {
    return { state: key, kept: "as a version" };
  }
  const copy = await readable(copies.head(key));
  if (state === undefined || (copy !== undefined && isCopy(copy, state))) {
    return { state: key, kept: "as before" };
  }
  const read = await states.get(key);
  if (read === undefined) {
    return { state: key, kept: "as before" };
  }
  const version = await copies.put(key, read.body, { metadata: sourceOf(read) });
  if (version === undefined) {
    throw new OperatorError(
      `${copies.name} keeps no versions, so each copy of ${key} replaces the one before: npm run ops -- state init arranges it`,
    );
  }
  return { state: key, kept: "copied" };
}

/** A copy that another customer key encrypts says nothing, and is there for who has that key. */
async function readable(copy: Promise<StoredObject | undefined>): Promise<StoredObject | undefined> {
  try {
    return await copy;
  } catch (error) {
    if (isAnswer(error, ...WRONG_KEY)) {
      return undefined;
    }
    throw error;
  }
}

function isCopy({ metadata }: StoredObject, state: StoredObject): boolean {
  const source = sourceOf(state);
  return metadata[SOURCE_ETAG] === source[SOURCE_ETAG] && metadata[SOURCE_MODIFIED] === source[SOURCE_MODIFIED];
}

function sourceOf({ etag, modified }: StoredObject) {
  return { [SOURCE_ETAG]: etag, [SOURCE_MODIFIED]: modified.toISOString() };
}

function notArranged({ environment }: StatePlace, said: string): OperatorError {
  return new OperatorError(
    `The buckets for ${environment}'s states are not arranged (${said}). First: npm run ops -- state init ${environment}`,
  );
}
