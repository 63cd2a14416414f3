import { Duration } from "../../../constructs/swarm/duration";
import type { AlertCase, FigureCase, Series } from "../alert-case";
import { always, growing } from "../measured";

const MINUTE = Duration.minutes(1);
const TEN_MINUTES = Duration.minutes(10);
const PUBLIC = "sprocket-local-api@swarm";
const OPERATORS = "sprocket-local-grafana@swarm";

/** How many probes succeeded, and failed. */
function probes(well: string, failed: string, group = "public"): Series {
  const series = (success: boolean) =>
    `gatus_results_total{group="${group}",instance="status-page",job="status-page",key="${group}_api-localhost",name="api.localhost",success="${success}",type="HTTP"}`;
  return { [series(true)]: well, [series(false)]: failed };
}

function ofTraefik(metric: string, labels: string): string {
  return `traefik_service_${metric}{${labels},instance="traefik",job="traefik",method="GET"}`;
}

/** How many requests were answered well, and with an error. */
function requests(well: string, failed: string, service = PUBLIC): Series {
  const series = (code: number) => ofTraefik("requests_total", `code="${code}",protocol="http",service="${service}"`);
  return { [series(200)]: well, [series(500)]: failed };
}

/** How many answers came within half a second, and how many in all. */
function answers(quick: string, all: string, protocol = "http"): Series {
  const labels = `code="200",protocol="${protocol}",service="${PUBLIC}"`;
  return {
    [ofTraefik("request_duration_seconds_bucket", `le="0.5",${labels}`)]: quick,
    [ofTraefik("request_duration_seconds_count", labels)]: all,
  };
}

function failed(percent: string): AlertCase["told"] {
  return [{ labels: {}, summary: `${percent} of what was asked failed; the objective allows 0.1 %.` }];
}

const asked = (well: number, wrong: number) => probes(growing(well), growing(wrong));
/** Nothing else is known of them. */
const percentOf = (figure: string) => `round(100 * ${figure})`;

export const objectiveFigures: readonly FigureCase[] = [
  ...["5m", "30m", "1h", "6h", "3d"].flatMap((window): readonly FigureCase[] => [
    {
      when: "a quarter of the probes fails, and a fifth of the requests",
      series: { ...asked(3, 1), ...requests(growing(4), growing(1)) },
      every: MINUTE,
      expression: `label_replace(${percentOf(`sprocket:probes_failed:ratio${window}`)}, "of", "probes", "", "") or label_replace(${percentOf(`sprocket:requests_failed:ratio${window}`)}, "of", "requests", "", "") or ${percentOf(`sprocket:failed:ratio${window}`)}`,
      at: TEN_MINUTES,
      figures: { '{of="probes"}': 25, '{of="requests"}': 20, "{}": 25 },
    },
    {
      when: "a tenth of the answers is slow, and connections stay open",
      series: { ...answers(growing(9), growing(10)), ...answers(growing(0), growing(50), "websocket") },
      every: MINUTE,
      expression: percentOf(`sprocket:requests_slow:ratio${window}`),
      at: TEN_MINUTES,
      figures: { "{}": 10 },
    },
  ]),
  {
    when: "nothing failed yet, so that no failure was counted",
    series: Object.fromEntries(Object.entries(asked(1, 0)).filter(([series]) => series.includes('success="true"'))),
    every: MINUTE,
    expression: percentOf("sprocket:failed:ratio5m"),
    at: TEN_MINUTES,
    figures: { "{}": 0 },
  },
  {
    when: "nobody asked",
    series: { ...requests(always(5), always(5)), ...answers(always(5), always(5)) },
    every: MINUTE,
    expression: '{__name__=~"sprocket:.+:ratio5m"}',
    at: TEN_MINUTES,
    figures: {},
  },
  {
    when: "only what operators see fails",
    series: {
      ...probes(growing(1), growing(1), "operators"),
      ...requests(growing(1), growing(1), OPERATORS),
      ...requests(growing(1), growing(0)),
    },
    every: MINUTE,
    expression: percentOf("sprocket:failed:ratio5m"),
    at: TEN_MINUTES,
    figures: { "{}": 0 },
  },
];

export const objectiveCases: readonly AlertCase[] = [
  {
    alert: "ErrorBudgetBurnsFast",
    when: "2 % of the probes fail: a fiftieth of the budget in an hour",
    series: asked(98, 2),
    every: MINUTE,
    since: MINUTE,
    told: failed("2%"),
  },
  {
    alert: "ErrorBudgetBurnsFast",
    when: "2 % of the requests fail, and no probe does",
    series: { ...asked(100, 0), ...requests(growing(98), growing(2)) },
    every: MINUTE,
    since: MINUTE,
    told: failed("2%"),
  },
  {
    alert: "ErrorBudgetBurnsFast",
    when: "0.8 % fail: a twentieth of it in six hours",
    series: asked(992, 8),
    every: MINUTE,
    since: MINUTE,
    told: failed("0.8%"),
  },
  { alert: "ErrorBudgetBurnsFast", when: "0.5 % fail", series: asked(995, 5), every: MINUTE, told: [] },
  {
    alert: "ErrorBudgetBurnsFast",
    when: "all failed for five minutes, and for half an hour nothing",
    series: probes("0x5 0+100x400", "0+100x5 500x400"),
    every: MINUTE,
    since: Duration.minutes(40),
    told: [],
  },
  {
    alert: "ErrorBudgetBurns",
    when: "0.2 % fail",
    series: asked(998, 2),
    every: TEN_MINUTES,
    since: TEN_MINUTES,
    told: failed("0.2%"),
  },
  { alert: "ErrorBudgetBurns", when: "0.05 % fail", series: asked(1999, 1), every: TEN_MINUTES, told: [] },
  {
    alert: "ErrorBudgetBurns",
    when: "nothing failed in the last six hours",
    series: probes("0x3 0+100x400", "0+100x3 300x400"),
    every: TEN_MINUTES,
    since: Duration.minutes(8 * 60),
    told: [],
  },
  {
    alert: "LatencyBudgetBurns",
    when: "a tenth of the answers is slow",
    series: answers(growing(9), growing(10)),
    every: MINUTE,
    since: MINUTE,
    told: [{ labels: {}, summary: "10% of the answers took longer than 0.5 s; the objective allows 5 %." }],
  },
  {
    alert: "LatencyBudgetBurns",
    when: "one of twenty-five is",
    series: answers(growing(24), growing(25)),
    every: MINUTE,
    told: [],
  },
  {
    alert: "LatencyBudgetBurns",
    when: "they were until half an hour ago",
    series: answers("0x60 0+10x400", "0+10x400"),
    every: MINUTE,
    since: Duration.minutes(95),
    told: [],
  },
  {
    alert: "LatencyBudgetBurns",
    when: "connections stay open because they are meant to",
    series: { ...answers(growing(10), growing(10)), ...answers(growing(0), growing(10), "websocket") },
    every: MINUTE,
    told: [],
  },
];
