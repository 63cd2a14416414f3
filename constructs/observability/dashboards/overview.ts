import { IN_TIME, PERIOD_DAYS } from "../../../config/objectives";
import { HttpRoute } from "../../ingress/http-route";
import { FAILED, publicServices } from "../rules/objectives";
import { HEARTBEAT_ALERT } from "../rules/observability";
import { RUNBOOK } from "../rules/rules";
import type { DashboardSource } from "./dashboard";
import { ERROR_LINES, LACKING } from "./expressions";
import { probes, publicAnsweredWithin, publicFailing, publicRequests } from "./ingress-panels";
import { availability, errorBudget } from "./objective-panels";
import { chart, type Panel, stat, table } from "./panel";

/** Grafana's first page: what is wrong now. */
export const overview: DashboardSource = {
  uid: "overview",
  title: "Overview",
  description: "What is wrong now, and whether Sprocket keeps what it promises.",
  sections: (construct) => {
    const asked = publicServices(HttpRoute.all(construct));
    return [
      {
        lines: [
          [
            alerts("Critical alerts", "critical", "red"),
            alerts("Warnings", "warning", "orange"),
            stat("Services down", {
              description: "Services with fewer containers that are well than they should have.",
              unit: "none",
              limits: { above: { red: 1 } },
              queries: { services: `count(${LACKING} > 0) or vector(0)` },
              more: "swarm",
            }),
            stat("Hosts that do not answer", {
              description: "Hosts that did not answer the status page's last question as they should.",
              unit: "none",
              limits: { above: { red: 1 } },
              queries: { hosts: "count(gatus_results_endpoint_success == 0) or vector(0)" },
              more: "ingress",
            }),
            stat("Fullest disk", {
              unit: "percent",
              limits: { above: { orange: 80, red: 90 } },
              queries: { used: "max(disk_used_percent)" },
              more: "swarm",
            }),
            stat("Memory used", {
              description: "Of the machine that has least left.",
              unit: "percent",
              limits: { above: { orange: 85, red: 95 } },
              queries: { used: "100 - min(mem_available_percent)" },
              more: "swarm",
            }),
          ],
          [
            availability(
              `Availability in ${PERIOD_DAYS} days`,
              FAILED,
              "Of the status page's questions to public hosts or of what people asked, whichever was worse.",
              "objectives",
            ),
            errorBudget("Error budget left", FAILED, "objectives"),
            publicAnsweredWithin(IN_TIME, asked, "ingress"),
            publicRequests(asked, "ingress"),
            publicFailing(asked, "ingress"),
          ],
          [firing()],
          [probes()],
          [
            chart("Errors in logs", {
              description: "Lines that call themselves an error. What has no level that Loki knows is not counted.",
              unit: "none",
              from: "loki",
              queries: {
                "{{service_name}}": `sum by (service_name) (count_over_time({service_name=~".+"} | ${ERROR_LINES} [$__auto]))`,
              },
            }),
          ],
        ],
      },
    ];
  },
};

function firingOf(metric: string, selector = ""): string {
  return `${metric}{alertname!="${HEARTBEAT_ALERT}"${selector}}`;
}

function alerts(title: string, severity: string, colour: "orange" | "red"): Panel {
  const firing = firingOf("ALERTS", `,alertstate="firing",severity="${severity}"`);
  return stat(title, {
    unit: "none",
    limits: { above: { [colour]: 1 } },
    queries: { alerts: `count(${firing}) or vector(0)` },
  });
}

function firing(): Panel {
  const labels = {
    severity: "Severity",
    alertname: "Alert",
    service: "Service",
    route: "Host",
    queue: "Queue",
    holds: "Disk of",
    cn: "Certificate",
    integration: "Told by",
    rule_group: "Rules",
  };
  return table("Alerts", {
    description: "What is wrong, and about what. The link leads to what to do about each.",
    labels,
    columns: {
      Since: {
        unit: "dateTimeFromNow",
        // Its value is when the alert began, in seconds; Grafana counts milliseconds.
        query: `1000 * max by (${Object.keys(labels).join(", ")}) (${firingOf("ALERTS_FOR_STATE")} and ignoring (alertstate) ${firingOf("ALERTS", ',alertstate="firing"')})`,
      },
    },
    colours: { critical: "red", warning: "orange" },
    sortBy: "Severity",
    nothing: "Nothing is wrong.",
    links: [{ title: "What to do", url: RUNBOOK }],
    height: 8,
  });
}
