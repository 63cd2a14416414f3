/**
 * What something means for a deploy:
 *
 * - `ok`: it is as a deploy needs it
 * - `warning`: a deploy may go well, and somebody should look
 * - `unknown`: it could not be found out
 * - `failed`: a deploy would fail
 */
export type FindingState = "ok" | "warning" | "unknown" | "failed";

/** What was found out about one thing that a deploy needs. */
export interface Finding {
  /** What it is about: a program, a port, an image. */
  readonly subject: string;
  readonly state: FindingState;
  /** What was found. */
  readonly message: string;
  /** What would make it well, where something is known to. */
  readonly remedy?: string;
}
