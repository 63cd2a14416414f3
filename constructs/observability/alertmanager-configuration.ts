import type { Environment } from "../../config/schema";
import { Duration } from "../swarm/duration";
import { HEARTBEAT_ALERT } from "./rules/observability";

export const DISCORD_WEBHOOK_PATH = "/run/secrets/discord-webhook";
export const HEARTBEAT_URL_PATH = "/run/secrets/heartbeat-url";

/** Alerts that begin within this time are told together. */
const TOGETHER = Duration.seconds(15);
/** What joins or leaves what was told is told after this time. */
const NEWS = Duration.minutes(5);
/** Nothing leaves sooner for the heartbeat: whoever expects it waits three times as long. */
const HEARTBEAT = Duration.minutes(4);

/** What has the label of the service that it follows from. */
const FOLLOWS_FROM_SERVICE_DOWN = [
  "MetricsMissing",
  "MonitoringBlind",
  "ProbeFails",
  "ContainersRestart",
  "VaultSealed",
  "RedisUnanswered",
  "PostgresUnanswered",
];

/** Whom Alertmanager tells what, in its own terms. */
export function alertmanagerConfiguration({ name, alerts }: Pick<Environment, "name" | "alerts">): object {
  return {
    route: {
      receiver: alerts.kind === "none" ? "nobody" : "operators",
      group_by: ["alertname"],
      group_wait: TOGETHER.toString(),
      group_interval: NEWS.toString(),
      repeat_interval: "12h",
      routes: [
        {
          matchers: [`alertname="${HEARTBEAT_ALERT}"`],
          receiver: alerts.kind === "none" ? "nobody" : "heartbeat",
          group_wait: "0s",
          group_interval: "1m",
          repeat_interval: HEARTBEAT.toString(),
        },
        ...(alerts.kind === "none"
          ? []
          : [
              {
                matchers: ['severity="critical"'],
                receiver: "operators-now",
                group_interval: "1m",
                repeat_interval: "4h",
              },
            ]),
      ],
    },
    // What follows from another alert is not told beside it.
    inhibit_rules: [
      {
        source_matchers: ['alertname="ServiceDown"'],
        target_matchers: [`alertname=~"${FOLLOWS_FROM_SERVICE_DOWN.join("|")}"`],
        equal: ["service"],
      },
      {
        source_matchers: ['severity="critical"'],
        target_matchers: ['severity="warning"'],
        equal: ["about", "instance", "holds", "cn", "queue"],
      },
      // Whoever expects the heartbeat can still tell people, and does so when it stops.
      {
        source_matchers: ['alertname="AlertsUndelivered"', 'integration="discord"'],
        target_matchers: [`alertname="${HEARTBEAT_ALERT}"`],
      },
    ],
    receivers:
      alerts.kind === "none"
        ? [{ name: "nobody" }]
        : [
            { name: "operators", discord_configs: [discord(name)] },
            {
              name: "operators-now",
              discord_configs: [{ ...discord(name), content: '{{ if eq .Status "firing" }}@here{{ end }}' }],
            },
            { name: "heartbeat", webhook_configs: [{ url_file: HEARTBEAT_URL_PATH, send_resolved: false }] },
          ],
  };
}

function discord(environment: string) {
  return {
    webhook_url_file: DISCORD_WEBHOOK_PATH,
    send_resolved: true,
    username: `Sprocket ${environment}`,
    title:
      '{{ if eq .Status "firing" }}{{ .CommonLabels.severity }}{{ else }}resolved{{ end }}: {{ .GroupLabels.alertname }}',
    message: [
      "{{ range .Alerts.Firing }}{{ .Annotations.summary }}\n{{ end }}",
      "{{ range .Alerts.Resolved }}Resolved: {{ .Annotations.summary }}\n{{ end }}",
      "{{ if .Alerts.Firing }}What to do: {{ .CommonAnnotations.runbook_url }}{{ end }}",
    ].join(""),
  };
}
