import { Duration } from "../../swarm/duration";
import type { RuleGroup } from "./rule";

/** The alert that is always on: who gets it outside notices when it stops. */
export const HEARTBEAT_ALERT = "Heartbeat";

/** Without what these tell, most critical alerts cannot be. */
const BLINDING = ["data-metrics", "node-metrics", "status-page", "traefik"];

/** What goes wrong with what watches. */
export function observabilityRules(): RuleGroup {
  return {
    name: "observability",
    rules: [
      {
        alert: HEARTBEAT_ALERT,
        severity: "warning",
        expression: "vector(1)",
        lasts: Duration.zero,
        summary: "Alerts are looked at and told: this one is always on.",
      },
      {
        alert: "MetricsMissing",
        severity: "warning",
        expression: `label_replace(up{job!~"${BLINDING.join("|")}"} == 0, "service", "$1", "instance", "(.*)")`,
        lasts: Duration.minutes(5),
        summary: "{{ $labels.job }} does not tell how it does, so nobody would notice what goes wrong with it.",
      },
      {
        alert: "MonitoringBlind",
        severity: "critical",
        // Telegraf answers without what Docker tells it, too.
        expression: `label_replace(up{job=~"${BLINDING.join("|")}"} == 0, "service", "$1", "instance", "(.*)") or label_replace(absent(docker_swarm_tasks_running) and on () (up{job="node-metrics"} == 1), "job", "node-metrics-docker", "", "")`,
        lasts: Duration.minutes(5),
        summary: "{{ $labels.job }} tells nothing, and most alerts need what it tells.",
      },
      {
        alert: "RuleFails",
        severity: "warning",
        expression: "sum by (rule_group) (increase(prometheus_rule_evaluation_failures_total[5m])) > 0",
        lasts: Duration.minutes(5),
        summary: "Alerts of {{ $labels.rule_group }} cannot be looked at.",
      },
      {
        alert: "AlertsUndelivered",
        severity: "critical",
        // What failed is tried again after five minutes, which a window of five minutes would miss.
        expression: "sum by (integration) (changes(alertmanager_notifications_failed_total[15m])) > 1",
        lasts: Duration.minutes(5),
        summary: "Alerts cannot be told by {{ $labels.integration }}.",
      },
      {
        alert: "LogsMissing",
        severity: "warning",
        // It counts from the first line on that arrives after its start.
        expression:
          'sum(rate(loki_distributor_lines_received_total[10m])) == 0 or absent(loki_distributor_lines_received_total) and on () (up{job="loki"} == 1)',
        lasts: Duration.minutes(10),
        summary: "No container's log arrives in Loki.",
      },
    ],
  };
}
