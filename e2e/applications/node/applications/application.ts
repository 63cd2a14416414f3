import type { Given } from "../contract/given";

/** A stand-in of an application. */
export interface Application {
  /** Where its program lies in the image. */
  readonly entry: string;
  /** Starts it with what it was given. */
  readonly start: (given: Given) => Promise<void>;
  /** What the application does when its start fails: ends, or says so and stays as it is. */
  readonly whenStartFails: "ends" | "stays";
  /** What it does without `logger.levels`, the one key whose absence some applications treat in their own way. */
  readonly withoutLogLevels?: "stays" | "ends as if all were well";
  /** How it answers when it was given anything wrong. @default - it ends */
  readonly answersFaults?: (faults: readonly string[]) => void;
}
