import type { DashboardSource } from "./dashboard";
import { perSecond } from "./expressions";
import { chart, stat, timeline } from "./panel";

/** What watches, and whether it does. */
export const observability: DashboardSource = {
  uid: "observability",
  title: "Observability",
  description: "Whether what watches everything does so, and what that takes.",
  sections: () => [
    {
      lines: [
        [
          stat("Not measured", {
            description: "Services that do not tell Prometheus how they do.",
            unit: "none",
            limits: { above: { orange: 1 } },
            queries: { services: "count(up == 0) or vector(0)" },
          }),
          stat("Time series", { unit: "short", queries: { series: "sum(prometheus_tsdb_head_series)" } }),
          stat("Metrics on disk", {
            unit: "bytes",
            queries: { size: "sum(prometheus_tsdb_storage_blocks_bytes + prometheus_tsdb_wal_storage_size_bytes)" },
          }),
          stat("Lines of logs", {
            unit: "cps",
            queries: { lines: `sum(${perSecond("loki_distributor_lines_received_total")})` },
          }),
          stat("Alerts not told", {
            description: "Messages that could not be delivered within the last hour.",
            unit: "none",
            limits: { above: { red: 1 } },
            decimals: 0,
            queries: { messages: "sum(increase(alertmanager_notifications_failed_total[1h]))" },
          }),
        ],
        [timeline("Measured", { queries: { "{{job}}": "max by (job) (up)" } })],
      ],
    },
    {
      heading: "Prometheus",
      lines: [
        [
          chart("Samples", {
            unit: "cps",
            queries: { "in a second": `sum(${perSecond("prometheus_tsdb_head_samples_appended_total")})` },
          }),
          chart("Time series by who tells them", {
            unit: "short",
            queries: { "{{job}}": "sum by (job) (scrape_samples_post_metric_relabeling)" },
          }),
          chart("Time to be measured", {
            description: "After ten seconds Prometheus gives up.",
            unit: "s",
            limits: { above: { red: 10 } },
            queries: { "{{job}}": "max by (job) (scrape_duration_seconds)" },
          }),
          chart("Time to look at rules", {
            description: "Every group is looked at every 15 seconds.",
            unit: "s",
            queries: {
              "{{rule_group}}":
                'label_replace(max by (rule_group) (prometheus_rule_group_last_duration_seconds), "rule_group", "$1", "rule_group", ".*;(.*)")',
            },
          }),
        ],
      ],
    },
    {
      heading: "Logs",
      lines: [
        [
          chart("Lines", {
            description: "As the collector reads them, brings them on, and Loki takes them.",
            unit: "cps",
            queries: {
              read: `sum(${perSecond("otelcol_receiver_accepted_log_records")})`,
              brought: `sum(${perSecond("otelcol_exporter_sent_log_records")})`,
              taken: `sum(${perSecond("loki_distributor_lines_received_total")})`,
            },
          }),
          chart("Batches that wait", {
            description: "A full queue means that Loki does not take them; lines wait in Docker's files then.",
            unit: "none",
            queries: {
              waiting: "sum(otelcol_exporter_queue_size)",
              "at most": "sum(otelcol_exporter_queue_capacity)",
            },
          }),
          chart("Streams in Loki's memory", {
            unit: "short",
            queries: { streams: "sum(loki_ingester_memory_streams)" },
          }),
        ],
      ],
    },
    {
      heading: "Alerts and programs",
      lines: [
        [
          chart("Messages about alerts", {
            description:
              "By whom they were told, in five minutes. Discord is the operators; a webhook is the heartbeat.",
            unit: "none",
            queries: {
              "{{integration}} told": notified("total"),
              "{{integration}} not told": notified("failed_total"),
            },
          }),
          chart("Alerts that Alertmanager knows", {
            unit: "none",
            queries: { "{{state}}": "sum by (state) (alertmanager_alerts)" },
          }),
          chart("Memory of programs that tell it", {
            unit: "bytes",
            queries: { "{{job}}": "max by (job) (process_resident_memory_bytes)" },
          }),
        ],
      ],
    },
  ],
};

function notified(counted: "total" | "failed_total"): string {
  return `sum by (integration) (increase(alertmanager_notifications_${counted}{integration=~"discord|webhook"}[5m]))`;
}
