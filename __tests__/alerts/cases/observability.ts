import { Duration } from "../../../constructs/swarm/duration";
import type { AlertCase, Series } from "../alert-case";
import { always, growing } from "../measured";

/** An increase needs two measurements. */
const SECOND_MEASUREMENT = Duration.seconds(15);
const BY_PROMETHEUS = 'instance="prometheus",job="prometheus"';

function answers(job: string, up: 0 | 1): Series {
  return { [`up{instance="${job}",job="${job}"}`]: always(up) };
}

function untold(job: string): string {
  return `${job} does not tell how it does, so nobody would notice what goes wrong with it.`;
}

function blind(job: string): string {
  return `${job} tells nothing, and most alerts need what it tells.`;
}

const TOLD_BY_DOCKER: Series = {
  'docker_swarm_tasks_running{instance="node-metrics",job="node-metrics",service="api"}': always(1),
};

function undelivered(failures: string): Series {
  return {
    'alertmanager_notifications_failed_total{instance="alertmanager",integration="discord",job="alertmanager",reason="serverError"}':
      failures,
  };
}

function lines(received: string): Series {
  return {
    ...answers("loki", 1),
    'loki_distributor_lines_received_total{format="otlp",instance="loki",is_internal_stream="false",job="loki",tenant="fake"}':
      received,
  };
}

const UNDELIVERED: AlertCase["told"] = [
  { labels: { integration: "discord" }, summary: "Alerts cannot be told by discord." },
];
const NO_LOGS: AlertCase["told"] = [{ labels: {}, summary: "No container's log arrives in Loki." }];

export const observabilityCases: readonly AlertCase[] = [
  {
    alert: "Heartbeat",
    when: "nothing is wrong",
    series: {},
    told: [{ labels: {}, summary: "Alerts are looked at and told: this one is always on." }],
  },
  {
    alert: "MetricsMissing",
    when: "a service does not answer",
    series: { ...answers("loki", 0), ...answers("vault", 1) },
    told: [{ labels: { instance: "loki", job: "loki", service: "loki" }, summary: untold("loki") }],
  },
  {
    alert: "MetricsMissing",
    when: "it is so much worse that the other alert tells of it",
    series: { ...answers("traefik", 0), ...answers("node-metrics", 1) },
    told: [],
  },
  { alert: "MetricsMissing", when: "all answer", series: answers("loki", 1), told: [] },
  ...["data-metrics", "status-page", "traefik"].map((job) => ({
    alert: "MonitoringBlind",
    when: `${job} does not answer`,
    series: { ...answers(job, 0), ...answers("node-metrics", 1), ...TOLD_BY_DOCKER },
    told: [{ labels: { instance: job, job, service: job }, summary: blind(job) }],
  })),
  {
    alert: "MonitoringBlind",
    when: "who measures containers is not told by Docker",
    series: answers("node-metrics", 1),
    told: [{ labels: { job: "node-metrics-docker" }, summary: blind("node-metrics-docker") }],
  },
  {
    alert: "MonitoringBlind",
    // What Docker tells is then not there either, and is not told of beside it.
    when: "who measures containers does not answer",
    series: answers("node-metrics", 0),
    told: [
      {
        labels: { instance: "node-metrics", job: "node-metrics", service: "node-metrics" },
        summary: blind("node-metrics"),
      },
    ],
  },
  {
    alert: "MonitoringBlind",
    when: "all that it is about answer, and something else does not",
    series: { ...answers("loki", 0), ...answers("traefik", 1), ...answers("node-metrics", 1), ...TOLD_BY_DOCKER },
    told: [],
  },
  { alert: "MonitoringBlind", when: "nobody was asked yet", series: {}, told: [] },
  {
    alert: "RuleFails",
    when: "a rule fails each time",
    series: {
      [`prometheus_rule_evaluation_failures_total{${BY_PROMETHEUS},rule_group="/etc/prometheus/rules.yml;data"}`]:
        growing(1),
    },
    since: SECOND_MEASUREMENT,
    told: [
      {
        labels: { rule_group: "/etc/prometheus/rules.yml;data" },
        summary: "Alerts of /etc/prometheus/rules.yml;data cannot be looked at.",
      },
    ],
  },
  {
    alert: "RuleFails",
    when: "one failed once",
    series: {
      [`prometheus_rule_evaluation_failures_total{${BY_PROMETHEUS},rule_group="/etc/prometheus/rules.yml;data"}`]:
        "0x4 1x400",
    },
    told: [],
  },
  {
    alert: "AlertsUndelivered",
    when: "Discord refuses each message",
    series: undelivered(growing(1)),
    since: SECOND_MEASUREMENT.times(2),
    told: UNDELIVERED,
  },
  {
    alert: "AlertsUndelivered",
    when: "a message fails each time that it is tried, which is a little less often than every five minutes",
    series: undelivered("0 1x20 2x20 3x20 4x20 5x400"),
    since: Duration.seconds(330),
    told: UNDELIVERED,
  },
  { alert: "AlertsUndelivered", when: "none failed", series: undelivered(always(7)), told: [] },
  { alert: "AlertsUndelivered", when: "one failed, and the next did not", series: undelivered("0x4 1x400"), told: [] },
  {
    alert: "LogsMissing",
    when: "no line arrives any more",
    series: lines(always(4508)),
    since: SECOND_MEASUREMENT,
    told: NO_LOGS,
  },
  { alert: "LogsMissing", when: "none arrived since Loki started", series: answers("loki", 1), told: NO_LOGS },
  { alert: "LogsMissing", when: "lines arrive", series: lines(growing(1)), told: [] },
  { alert: "LogsMissing", when: "Loki does not answer", series: answers("loki", 0), told: [] },
];
