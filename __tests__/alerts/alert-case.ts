import type { Duration } from "../../constructs/swarm/duration";

/** What was measured: values in promtool's notation, by the time series that they are of. */
export type Series = Readonly<Record<string, string>>;

interface Measured {
  /** What is so, in a few words. */
  readonly when: string;
  readonly series: Series;
  /**
   * How often it was measured, and every rule looked at.
   *
   * @default - 15 seconds, as Prometheus does it
   */
  readonly every?: Duration;
}

/** What somebody reads who is told. */
export interface Told {
  /** Without those that the rule itself gives every alert. */
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** A case in which people are told something by an alert, or nothing. */
export interface AlertCase extends Measured {
  readonly alert: string;
  /** Nothing may be told before the rule's duration is over, and this must be as soon as it is. */
  readonly told: readonly Told[];
  /**
   * How long after the beginning it began to be so.
   *
   * @default - at the beginning
   */
  readonly since?: Duration;
}

/** A case in which figures are known. */
export interface FigureCase extends Measured {
  /** In PromQL. */
  readonly expression: string;
  readonly at: Duration;
  /** By its labels, as PromQL writes them. */
  readonly figures: Readonly<Record<string, number>>;
}
