import { FaultsError } from "../../config/faults";
import type { Environment } from "../../config/schema";

const HISTORY_SUFFIX = "-history";
const SCRATCH_SUFFIX = "-probe";
/** What a bucket's name may have. */
const LONGEST_NAME = 63;

/** An S3 server. */
export interface S3Server {
  readonly endpoint: string;
  /** Whether a bucket's name is in the path and not in the host. */
  readonly pathStyle: boolean;
}

/** Where the states of an environment are. */
export interface StatePlace {
  /** The environment's name. */
  readonly environment: string;
  readonly server: S3Server;
  readonly bucket: string;
  /** Where copies of former states are, if the bucket itself cannot keep them. */
  readonly historyBucket: string;
  /** Where it is tried out, for some seconds, what the server can do. */
  readonly scratchBucket: string;
}

/**
 * Where the states of an environment are, as constructs/terraform/backend.ts tells Terraform.
 *
 * @param endpoint of another S3 server than Spaces, for tests
 * @throws FaultsError for an environment whose states are not in Spaces
 */
export function statePlace({ name, state }: Environment, endpoint?: string): StatePlace {
  if (state.kind !== "spaces") {
    throw new FaultsError("ops state", [
      {
        where: name,
        message:
          'its states are files in state/, which need no bucket; state.kind "spaces" in its file would put them into one',
      },
    ]);
  }
  const { bucket, region } = state;
  const historyBucket = `${bucket}${HISTORY_SUFFIX}`;
  if (historyBucket.length > LONGEST_NAME) {
    throw new FaultsError("ops state", [
      {
        where: `${name} state.bucket`,
        message: `got "${bucket}", beside which ${historyBucket} may be needed; write at most ${LONGEST_NAME - HISTORY_SUFFIX.length} characters`,
      },
    ]);
  }
  return {
    environment: name,
    server: { endpoint: endpoint ?? `https://${region}.digitaloceanspaces.com`, pathStyle: endpoint !== undefined },
    bucket,
    historyBucket,
    scratchBucket: `${bucket}${SCRATCH_SUFFIX}`,
  };
}

/** What the keys of an environment's states begin with. */
export function stateFolder(environment: string): string {
  return `${environment}/`;
}

/** The key of a layer's state. */
export function stateKey(environment: string, layer: string): string {
  return `${stateFolder(environment)}${layer}${STATE_ENDING}`;
}

/** What the keys of states end with. */
export const STATE_ENDING = ".tfstate";

/** The key of a state's lock, as Terraform names it. */
export function lockKey(key: string): string {
  return `${key}.tflock`;
}
