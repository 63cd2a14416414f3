import { FAILED_PROBES, FAILED_REQUESTS, failedRequests, SLOW_REQUESTS, slowRequests } from "./objectives";
import type { Declared } from "./rule";

/** What the monthly figures are of. */
export const INDICATORS = ["probes", "requests", "latency"] as const;
export type Indicator = (typeof INDICATORS)[number];

/** The label by which the results of the query are told apart. */
export const FIGURE = "figure";
/** The share of what was counted that was not as it should be. */
export const BAD_SHARE = "bad share";
/** How many times a share was recorded, so how much of the stretch was measured. */
export const RECORDINGS = "recordings";

/** The shortest window: it ends soonest after what it counts. */
const RECORDED_WINDOW = "5m";

/**
 * Asks for every figure at once, so that all are of the same moment. One of which nothing was measured has no result.
 * Requests are weighed by their number: an hour without visitors counts for nothing.
 *
 * @param seconds how far back from the moment that is asked for; at least 1
 */
export function figuresQuery(routes: Declared["routes"], seconds: number): string {
  const stretch = `${seconds}s`;
  const recorded: Readonly<Record<Indicator, string>> = {
    probes: FAILED_PROBES,
    requests: FAILED_REQUESTS,
    latency: SLOW_REQUESTS,
  };
  const bad: Readonly<Record<Indicator, string>> = {
    probes: `avg_over_time(${FAILED_PROBES}${RECORDED_WINDOW}[${stretch}])`,
    requests: failedRequests(routes, stretch),
    latency: slowRequests(routes, stretch),
  };
  return INDICATORS.flatMap((indicator) => [
    named(`${indicator} ${BAD_SHARE}`, bad[indicator]),
    named(`${indicator} ${RECORDINGS}`, `count_over_time(${recorded[indicator]}${RECORDED_WINDOW}[${stretch}])`),
  ]).join(" or ");
}

function named(figure: string, expression: string): string {
  return `label_replace(${expression}, "${FIGURE}", "${figure}", "", "")`;
}
