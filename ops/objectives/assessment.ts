import { AVAILABILITY, IN_TIME } from "../../config/objectives";
import type { Indicator } from "../../constructs/observability/rules/monthly-figures";
import type { Measurements } from "./measurement";
import { type Month, secondsOfMonth } from "./month";

/** An objective, and what a month was like. */
export interface Objective {
  readonly indicator: Indicator;
  /** The share that should be as promised. */
  readonly target: number;
  /** The share that was; null where nothing was measured. */
  readonly measured: number | null;
  readonly measuredSeconds: number;
  /** How much of the month, as far as it is over, has no measurement. */
  readonly unmeasuredSeconds: number;
  /** Never without a measurement. */
  readonly met: boolean;
}

/** How a month went, as far as it is over and as far as it was measured. */
export interface Assessment {
  readonly month: string;
  readonly from: Date;
  /** The month's end, or now. */
  readonly until: Date;
  /** Whether the month is over. */
  readonly over: boolean;
  /** How much of the month is over. */
  readonly seconds: number;
  readonly objectives: readonly Objective[];
  /** How long everything may fail in the whole month. */
  readonly errorBudget: {
    readonly minutes: number;
    /** Of the two ways of counting, the one by which more failed; null where nothing was measured. */
    readonly spentMinutes: number | null;
  };
  /** Whether all objectives are. */
  readonly met: boolean;
}

const TARGETS: Readonly<Record<Indicator, number>> = {
  probes: AVAILABILITY,
  requests: AVAILABILITY,
  latency: IN_TIME,
};
const SECONDS_PER_MINUTE = 60;

/**
 * Judges a month by what was measured of it.
 *
 * @param until its end, or now where it goes on
 */
export function assessmentOf(month: Month, until: Date, measurements: Measurements): Assessment {
  const seconds = secondsOfMonth(month, until);
  const objectives = Object.entries(TARGETS).map(([indicator, target]) =>
    objectiveOf(indicator as Indicator, target, seconds, measurements),
  );
  const failedMinutes = [measurements.probes, measurements.requests].flatMap((measurement) =>
    measurement === undefined ? [] : (measurement.bad * measurement.seconds) / SECONDS_PER_MINUTE,
  );
  return {
    month: month.name,
    from: month.start,
    until,
    over: until.getTime() >= month.end.getTime(),
    seconds,
    objectives,
    errorBudget: {
      minutes: withoutNoise((secondsOfMonth(month) / SECONDS_PER_MINUTE) * (1 - AVAILABILITY)),
      spentMinutes: failedMinutes.length === 0 ? null : withoutNoise(Math.max(...failedMinutes)),
    },
    met: objectives.every(({ met }) => met),
  };
}

function objectiveOf(
  indicator: Indicator,
  target: number,
  seconds: number,
  { [indicator]: measurement }: Measurements,
): Objective {
  const measured = measurement === undefined ? null : withoutNoise(1 - measurement.bad);
  const measuredSeconds = measurement?.seconds ?? 0;
  return {
    indicator,
    target,
    measured,
    measuredSeconds,
    unmeasuredSeconds: seconds - measuredSeconds,
    met: measured !== null && measured >= target,
  };
}

/** Without what binary fractions add. */
function withoutNoise(value: number): number {
  return Number(value.toPrecision(12));
}
