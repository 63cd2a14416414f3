/**
 * How something is:
 *
 * - `ok`: as declared
 * - `off`: not running, as declared
 * - `waiting`: on its way
 * - `failed`: not as declared, and nothing of itself will change that
 */
export type FindingState = "ok" | "off" | "waiting" | "failed";

/** What was found out about one thing. */
export interface Finding {
  /** What it is about: a service, a host, a file. */
  readonly subject: string;
  readonly state: FindingState;
  /** What was found, and what to do where that is something. */
  readonly message: string;
  /** The last lines of the log of a service that failed, oldest first. */
  readonly log?: readonly string[];
}

/** The worst of several states; `ok` where there is none. */
export function worst(states: readonly FindingState[]): FindingState {
  return (["failed", "waiting", "ok", "off"] as const).find((state) => states.includes(state)) ?? "ok";
}
