import type { Environment } from "../../../config/schema";
import type { HttpRoute } from "../../ingress/http-route";
import type { Duration } from "../../swarm/duration";
import type { SwarmService } from "../../swarm/swarm-service";

/** Whether somebody should be woken, or look at it in the coming days. */
export type Severity = "critical" | "warning";

/** Something that people are told of when it is so. */
export interface AlertRule {
  /** Its name, and its heading's in docs/operations/monitoring.md. */
  readonly alert: string;
  readonly severity: Severity;
  /** In PromQL; its result's labels are the alert's. */
  readonly expression: string;
  /** How long it must be so. */
  readonly lasts: Duration;
  /** What is wrong, in a sentence of Prometheus' templates. */
  readonly summary: string;
  /**
   * What it is about, where a critical alert makes a warning about the same thing superfluous.
   *
   * @default - its name
   */
  readonly about?: string;
}

/** A figure that others are made of, or that is looked up often. */
export interface RecordingRule {
  /** Its name as a metric. */
  readonly record: string;
  /** In PromQL. */
  readonly expression: string;
  /** @default - those of the expression's result alone */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Rules that are looked at one after the other. */
export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly (AlertRule | RecordingRule)[];
}

/** What rules are made from: what the environment's layers declare. */
export interface Declared {
  readonly environment: Environment;
  readonly services: readonly SwarmService[];
  readonly routes: readonly HttpRoute[];
}
