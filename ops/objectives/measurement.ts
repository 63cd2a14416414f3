import type Docker from "dockerode";
import { HttpRoute } from "../../constructs/ingress/http-route";
import { Prometheus } from "../../constructs/observability/prometheus";
import { MEASURED_EVERY } from "../../constructs/observability/prometheus-configuration";
import {
  BAD_SHARE,
  FIGURE,
  figuresQuery,
  INDICATORS,
  type Indicator,
  RECORDINGS,
} from "../../constructs/observability/rules/monthly-figures";
import type { Declaration } from "../declaration/declaration";
import { type Month, secondsOfMonth } from "./month";
import { prometheusQuery, type Sample } from "./prometheus-query";

/** What Prometheus knows of one indicator in a month. */
export interface Measurement {
  /** The share of what was counted that was not as it should be. */
  readonly bad: number;
  /** How much of the month was measured. */
  readonly seconds: number;
}

/** What Prometheus knows of a month; what it knows nothing of is absent. */
export type Measurements = Readonly<Partial<Record<Indicator, Measurement>>>;

/**
 * Asks an environment's Prometheus about a month.
 *
 * @param until where the month goes on, its end so far
 * @throws FaultsError when it cannot be asked
 */
export async function measurementsOf(
  docker: Docker,
  declaration: Declaration,
  month: Month,
  until: Date,
): Promise<Measurements> {
  // Every environment has one.
  const [{ service }] = declaration.every(Prometheus) as readonly [Prometheus];
  // A month that began this very second is asked for too: it has no measurement.
  const seconds = Math.max(1, secondsOfMonth(month, until));
  const query = figuresQuery(declaration.every(HttpRoute), seconds);
  const samples = await prometheusQuery(docker, declaration.environment, service.serviceName, query, until);
  return Object.fromEntries(
    INDICATORS.flatMap((indicator) => {
      const bad = figureIn(samples, `${indicator} ${BAD_SHARE}`);
      const recordings = figureIn(samples, `${indicator} ${RECORDINGS}`);
      return bad === undefined || recordings === undefined
        ? []
        : [[indicator, { bad, seconds: Math.min(seconds, recordings * MEASURED_EVERY.seconds) }]];
    }),
  );
}

function figureIn(samples: readonly Sample[], figure: string): number | undefined {
  return samples.find(({ labels }) => labels[FIGURE] === figure)?.value;
}
