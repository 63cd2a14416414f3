import { MEASURED_EVERY } from "../../constructs/observability/prometheus-configuration";
import type { Duration } from "../../constructs/swarm/duration";

/** How many values there are of a series: more than any case looks at. */
const LONG = 400;

/** The same value all the time. */
export function always(value: number): string {
  return `${value}x${LONG}`;
}

/** A counter that grows by so much from one measurement to the next. */
export function growing(by: number): string {
  return `0+${by}x${LONG}`;
}

/** A series that is there from one time on, until another. */
export function between(from: Duration, to: Duration, value: number): string {
  const before = countIn(from);
  const values = `${value}x${countIn(to) - before - 1} stale`;
  return before === 0 ? values : `_x${before} ${values}`;
}

function countIn(time: Duration): number {
  return time.seconds / MEASURED_EVERY.seconds;
}
