import { Duration } from "../swarm/duration";
import type { MetricsEndpoint } from "./metrics-endpoint";

/** How often everything is measured, and every rule looked at. */
export const MEASURED_EVERY = Duration.seconds(15);
export const RULES_PATH = "/etc/prometheus/rules.yml";
const LONGEST_ANSWER = Duration.seconds(10);

export interface PrometheusConfigurationProps {
  readonly environment: string;
  readonly endpoints: readonly MetricsEndpoint[];
  /** `host:port` of whom to send alerts to. */
  readonly alertmanager: string;
}

/** What Prometheus is told, in its own terms. */
export function prometheusConfiguration(props: PrometheusConfigurationProps): object {
  const { environment, endpoints, alertmanager } = props;
  return {
    global: {
      scrape_interval: MEASURED_EVERY.toString(),
      scrape_timeout: LONGEST_ANSWER.toString(),
      evaluation_interval: MEASURED_EVERY.toString(),
      external_labels: { environment },
    },
    rule_files: [RULES_PATH],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
    scrape_configs: [...endpoints].map(scrapeConfiguration).sort((a, b) => (a.job_name < b.job_name ? -1 : 1)),
  };
}

function scrapeConfiguration({ job, props }: MetricsEndpoint) {
  const { service, port, path = "/metrics", parameters, keeps } = props;
  return {
    job_name: job,
    metrics_path: path,
    ...(parameters === undefined ? {} : { params: parameters }),
    static_configs: [{ targets: [service.address(port)], labels: { instance: service.shortName } }],
    ...(keeps === undefined
      ? {}
      : {
          metric_relabel_configs: Object.entries(keeps).map(([label, regex]) => ({
            source_labels: [label],
            regex,
            action: "keep",
          })),
        }),
  };
}
