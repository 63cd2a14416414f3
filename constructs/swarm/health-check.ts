import type { Image } from "../../config/images/image";
import { Duration } from "./duration";

/** How Swarm finds out whether a container serves. Until it does, no traffic and no next replica. */
export interface HealthCheck {
  /** In Docker's form: `["CMD", program, …]` or `["CMD-SHELL", line]`. */
  readonly command: readonly string[];
  /** How long a start may take; failures meanwhile do not count. Must exceed the real boot. */
  readonly startPeriod: Duration;
  /**
   * From one check to the next, and from the start to the first.
   *
   * @default 5 seconds
   */
  readonly interval?: Duration;
  /**
   * How long a check may take.
   *
   * @default 3 seconds
   */
  readonly timeout?: Duration;
  /**
   * How many failures in a row make the container unhealthy.
   *
   * @default 3
   */
  readonly retries?: number;
}

/** A health check that was left out on purpose. */
export interface NoHealthCheck {
  /** Why there is none, for whoever reads the service. */
  readonly none: string;
}

/** A health check of which every part is settled. */
export type SettledHealthCheck = Required<HealthCheck>;

/** The health check that an image is known to answer, if any. */
export function healthCheckOf({ healthCommand }: Image, startPeriod: Duration): HealthCheck | NoHealthCheck {
  return healthCommand.length === 0
    ? { none: "its image has no program that could ask it" }
    : { command: healthCommand, startPeriod };
}

/** Fills in the defaults; undefined where there is none on purpose. */
export function settled(check: HealthCheck | NoHealthCheck): SettledHealthCheck | undefined {
  if ("none" in check) {
    return undefined;
  }
  const { interval = Duration.seconds(5), timeout = Duration.seconds(3), retries = 3, ...rest } = check;
  return { ...rest, interval, timeout, retries };
}
