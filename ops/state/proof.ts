import { FaultsError } from "../../config/faults";
import type { Bucket } from "./bucket";
import { encryptionProblem } from "./encryption-probe";
import type { StateFinding } from "./finding";
import { LOCK_TRIAL, lockProblem } from "./lock-probe";
import { openings } from "./privacy";
import { newProbeFolder } from "./probe-folder";
import { isAnswer } from "./s3";

const HOW_TO_LEAVE =
  "write another state.bucket into the environment's file and move the states there: docs/operations/terraform-state.md";
const HOW_TO_CLOSE =
  "make it private, and take what was in it for read by others: change every secret of its environments, and the customer key";

/** A bucket that is to be tried, as different people find it. */
export interface Proof {
  /** As who arranges it. */
  readonly owner: Bucket;
  /** As Terraform. */
  readonly user: Bucket;
  /** As anybody. */
  readonly outside: Bucket;
  /** Whether states are locked in it. */
  readonly isLocked: boolean;
}

/**
 * Tries whether a bucket is private, encrypted and, where it matters, locked, exactly as it will be used.
 *
 * @throws S3Error when it cannot be tried
 * @throws FaultsError when Terraform's key may not use it
 */
export async function prove({ owner, user, outside, isLocked }: Proof): Promise<readonly StateFinding[]> {
  const folder = newProbeFolder();
  try {
    const open = await openings(owner.with(undefined), outside, folder);
    const clear = await encryptionProblem(user, folder).catch((error: unknown) => {
      throw isAnswer(error, 403) ? notAllowed(user, error.message) : error;
    });
    return [
      open.length === 0
        ? { state: "ok", subject: owner.name, message: "is private: nobody is let in without a key" }
        : { state: "failed", subject: owner.name, message: open.join("; "), remedy: HOW_TO_CLOSE },
      clear === undefined
        ? {
            state: "ok",
            subject: owner.name,
            message: "encrypts: what is written with a customer key is refused without it",
          }
        : {
            state: "failed",
            subject: owner.name,
            message: `states would lie in clear: ${clear}`,
            remedy: HOW_TO_LEAVE,
          },
      ...(clear === undefined && isLocked ? [lockFinding(owner.name, await lockProblem(user, folder))] : []),
    ];
  } finally {
    await owner.wipe(folder);
  }
}

function lockFinding(subject: string, problem: string | undefined): StateFinding {
  return problem === undefined
    ? { state: "ok", subject, message: `locks: of ${LOCK_TRIAL}, one got the lock each time` }
    : { state: "failed", subject, message: `states cannot be locked: ${problem}`, remedy: HOW_TO_LEAVE };
}

function notAllowed({ name }: Bucket, said: string): FaultsError {
  return new FaultsError("ops state", [
    { where: name, message: `${said}; give that key the right to read, write and delete in this bucket` },
  ]);
}
