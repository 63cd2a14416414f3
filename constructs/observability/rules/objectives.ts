import { MAY_BE_SLOW, MAY_FAIL, SLOW_SECONDS } from "../../../config/objectives";
import { Duration } from "../../swarm/duration";
import type { AlertRule, Declared, RecordingRule, RuleGroup } from "./rule";

/** The windows that the alerts compare: a short one says that it goes on, a long one that it matters. */
const WINDOWS = ["5m", "30m", "1h", "6h", "3d"] as const;
type Window = (typeof WINDOWS)[number];

/** The figures that the objectives are about: shares of what was counted in a window. */
export const FAILED_PROBES = "sprocket:probes_failed:ratio";
export const FAILED_REQUESTS = "sprocket:requests_failed:ratio";
export const SLOW_REQUESTS = "sprocket:requests_slow:ratio";
/** The worse of the two, where Traefik is down and counts no requests as well. */
export const FAILED = "sprocket:failed:ratio";

/**
 * How many times faster than in a whole period the error budget must be spent in a window to be told of: a fiftieth of it
 * in an hour, a twentieth in six.
 */
export const TOO_FAST = { "1h": 14.4, "6h": 6, "3d": 1 } as const satisfies Partial<Record<Window, number>>;

/** What Sprocket promises, how it is kept, and what is told when it is not. */
export function objectiveRules({ routes }: Declared): RuleGroup {
  return {
    name: "objectives",
    rules: [
      ...WINDOWS.flatMap((window): readonly RecordingRule[] => [
        {
          record: `${FAILED_PROBES}${window}`,
          expression: share('gatus_results_total{group="public"', ',success="false"', window),
        },
        {
          record: `${FAILED_REQUESTS}${window}`,
          expression: failedRequests(routes, window),
        },
        {
          record: `${SLOW_REQUESTS}${window}`,
          expression: slowRequests(routes, window),
        },
        {
          record: `${FAILED}${window}`,
          expression: `max({__name__=~"${FAILED_PROBES}${window}|${FAILED_REQUESTS}${window}"})`,
        },
      ]),
      {
        alert: "ErrorBudgetBurnsFast",
        severity: "critical",
        about: "availability",
        expression: `${burns("1h", "5m")} or ${burns("6h", "30m")}`,
        lasts: Duration.minutes(2),
        summary: burning,
      },
      {
        alert: "ErrorBudgetBurns",
        severity: "warning",
        about: "availability",
        expression: burns("3d", "6h"),
        lasts: Duration.minutes(60),
        summary: burning,
      },
      {
        alert: "LatencyBudgetBurns",
        severity: "warning",
        expression: `${SLOW_REQUESTS}6h > ${MAY_BE_SLOW} and ${SLOW_REQUESTS}30m > ${MAY_BE_SLOW}`,
        lasts: Duration.minutes(15),
        summary: `{{ $value | humanizePercentage }} of the answers took longer than ${SLOW_SECONDS} s; the objective allows ${round(100 * MAY_BE_SLOW)} %.`,
      } satisfies AlertRule,
    ],
  };
}

const burning = `{{ $value | humanizePercentage }} of what was asked failed; the objective allows ${round(100 * MAY_FAIL)} %.`;

/** What the public hosts answered with an error of theirs, as a share of all that they were asked in a window. */
export function failedRequests(routes: Declared["routes"], window: string): string {
  return share(`traefik_service_requests_total{${publicServices(routes)}`, ',code=~"5.."', window);
}

/** What the public hosts answered slowly, as a share of all that they were asked in a window. */
export function slowRequests(routes: Declared["routes"], window: string): string {
  // A WebSocket's ends when somebody closes it.
  const answers = `${publicServices(routes)},protocol="http"`;
  return `1 - sum(rate(${duration("bucket")}{${answers},le="${SLOW_SECONDS}"}[${window}])) / (sum(rate(${duration("count")}{${answers}}[${window}])) > 0)`;
}

/** A selector of what anybody may ask from outside, among what Traefik counts. */
export function publicServices(routes: Declared["routes"]): string {
  const counted = routes.filter(({ audience }) => audience === "public").map(({ traefikService }) => traefikService);
  return `service=~"${[...counted].sort().join("|")}"`;
}

function duration(part: "bucket" | "count"): string {
  return `traefik_service_request_duration_seconds_${part}`;
}

/** The share of what was counted that also has other labels; nothing where nothing was counted. */
function share(counter: string, labels: string, window: string): string {
  const rate = (selector: string) => `sum(rate(${selector}}[${window}]))`;
  return `(${rate(`${counter}${labels}`)} or vector(0)) / (${rate(counter)} > 0)`;
}

function burns(long: keyof typeof TOO_FAST, short: Window): string {
  const limit = round(TOO_FAST[long] * MAY_FAIL);
  return `(${FAILED}${long} > ${limit} and ${FAILED}${short} > ${limit})`;
}

/** Without what binary fractions add. */
function round(value: number): number {
  return Number(value.toPrecision(6));
}
