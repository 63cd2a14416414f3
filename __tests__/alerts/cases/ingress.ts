import { Duration } from "../../../constructs/swarm/duration";
import type { AlertCase, Series } from "../alert-case";
import { always, growing } from "../measured";

const BY_TRAEFIK = 'instance="traefik",job="traefik"';
const API = "sprocket-local-api@swarm";
/** A rate needs two measurements. */
const SECOND_MEASUREMENT = Duration.seconds(15);
const DAY_SECONDS = 24 * 60 * 60;

const PROBE = {
  group: "public",
  instance: "status-page",
  job: "status-page",
  key: "public_api-localhost",
  name: "api.localhost",
  type: "HTTP",
};

function probe(success: string): Series {
  const labels = Object.entries(PROBE).map(([name, value]) => `${name}="${value}"`);
  return { [`gatus_results_endpoint_success{${labels.join(",")}}`]: success };
}

/** Whether a service was ever deployed, as the rules for services remember it. */
function seen(service: string): Series {
  return { [`sprocket:service:seen{service="${service}"}`]: always(1) };
}

/** How many requests were answered, and with an error, from one measurement to the next. */
function requests(well: number, failed: number): Series {
  const series = (code: number) =>
    `traefik_service_requests_total{code="${code}",${BY_TRAEFIK},method="GET",protocol="http",service="${API}"}`;
  return { [series(200)]: growing(well), [series(502)]: growing(failed) };
}

/** How many answers came within half a second, and how many within one, from one measurement to the next. */
function answers(quick: number, all: number, protocol = "http"): Series {
  const series = (le: string) =>
    `traefik_service_request_duration_seconds_bucket{code="200",${BY_TRAEFIK},le="${le}",method="GET",protocol="${protocol}",service="${API}"}`;
  return { [series("0.5")]: growing(quick), [series("1.0")]: growing(all), [series("+Inf")]: growing(all) };
}

function certificate(days: number, serial = 1): Series {
  const labels = `cn="sprocket.example.org",${BY_TRAEFIK},sans="sprocket.example.org",serial="${serial}"`;
  return { [`traefik_tls_certs_not_after{${labels}}`]: always(days * DAY_SECONDS) };
}

function expiresIn(rest: string): AlertCase["told"] {
  return [
    {
      labels: { cn: "sprocket.example.org" },
      summary: `The certificate of sprocket.example.org expires in ${rest}.`,
    },
  ];
}

export const ingressCases: readonly AlertCase[] = [
  {
    alert: "ProbeFails",
    when: "a route does not answer",
    series: { ...probe(always(0)), ...seen("api") },
    told: [{ labels: { route: PROBE.name, service: "api" }, summary: "api.localhost does not answer as it should." }],
  },
  { alert: "ProbeFails", when: "it answers", series: { ...probe(always(1)), ...seen("api") }, told: [] },
  {
    alert: "ProbeFails",
    when: "one of four answers is wrong",
    series: { ...probe("1x5 0x1 1x5 0x1 1x400"), ...seen("api") },
    told: [],
  },
  {
    alert: "ProbeFails",
    when: "who would answer was never deployed yet, and others were",
    series: { ...probe(always(0)), ...seen("web") },
    told: [],
  },
  {
    alert: "ErrorsMany",
    when: "11 % of the answers are errors",
    series: requests(89, 11),
    since: SECOND_MEASUREMENT,
    told: [{ labels: { service: API }, summary: `${API} answered 11 % of its requests with an error.` }],
  },
  { alert: "ErrorsMany", when: "9 % are", series: requests(91, 9), told: [] },
  { alert: "ErrorsMany", when: "all are, but hardly anybody asks", series: requests(0, 1), told: [] },
  {
    alert: "AnswersSlow",
    when: "every tenth answer takes longer than half a second",
    series: { ...answers(90, 100), ...requests(100, 0) },
    since: SECOND_MEASUREMENT,
    told: [{ labels: { service: API }, summary: `One of twenty answers of ${API} takes 750ms or longer.` }],
  },
  {
    alert: "AnswersSlow",
    when: "one of twenty-five does",
    series: { ...answers(96, 100), ...requests(100, 0) },
    told: [],
  },
  {
    alert: "AnswersSlow",
    when: "all do, but hardly anybody asks",
    series: { ...answers(0, 1), ...requests(1, 0) },
    told: [],
  },
  {
    alert: "AnswersSlow",
    when: "connections stay open because they are meant to",
    series: { ...answers(0, 100, "websocket"), ...requests(100, 0) },
    told: [],
  },
  {
    alert: "CertificateExpires",
    when: "it expires in less than three weeks",
    series: certificate(20),
    told: expiresIn("19d 23h 50m 0s"),
  },
  { alert: "CertificateExpires", when: "it expires in more than three weeks", series: certificate(22), told: [] },
  {
    alert: "CertificateExpires",
    when: "it was renewed, and Traefik goes on telling of the former one",
    series: { ...certificate(20, 1), ...certificate(80, 2) },
    told: [],
  },
  {
    alert: "CertificateExpiresSoon",
    when: "it expires in less than a week",
    series: certificate(6),
    told: expiresIn("5d 23h 50m 0s"),
  },
  { alert: "CertificateExpiresSoon", when: "it expires in more than a week", series: certificate(8), told: [] },
];
