import { SERVICE_NAME_LABEL } from "../swarm/swarm-service";

/** Who printed a line, as Docker notes it beside each. */
const SERVICE_OF_LINE = `attributes.attrs["${SERVICE_NAME_LABEL}"]`;
/** What stands between a URL's scheme and its host: some applications print the broker's as it is. */
const CREDENTIALS_OF_URL = "://[^:/@\\s\"']*:[^@/\\s\"']+@";
const REDACTED = "://redacted@";

const NEVER_GIVES_UP = { enabled: true, initial_interval: "1s", max_interval: "15s", max_elapsed_time: "0s" };

export interface LogCollectorConfigurationProps {
  /** What begins the names of the environment's services; others' lines are left alone. */
  readonly prefix: string;
  readonly lokiUrl: string;
  /** The folder of Docker's log files. */
  readonly containersFolder: string;
  /** The folder in which to remember how far each was read. */
  readonly stateFolder: string;
  readonly metricsPort: number;
}

/** What OpenTelemetry's collector is told, in its own terms. */
export function logCollectorConfiguration(props: LogCollectorConfigurationProps): object {
  const { prefix, lokiUrl, containersFolder, stateFolder, metricsPort } = props;
  return {
    extensions: { file_storage: { directory: stateFolder } },
    receivers: {
      file_log: {
        // Also what Docker rotated meanwhile.
        include: [`${containersFolder}/*/*-json.log*`],
        // So that a container's first lines are there too.
        start_at: "beginning",
        // What was printed before there was a collector.
        exclude_older_than: "24h",
        poll_interval: "1s",
        storage: "file_storage",
        retry_on_failure: NEVER_GIVES_UP,
        operators: [
          { type: "json_parser", parse_to: "attributes" },
          // What an older Docker or another program began has no such note.
          {
            type: "filter",
            expr: `attributes.attrs == nil || ${SERVICE_OF_LINE} == nil || !(${SERVICE_OF_LINE} startsWith "${prefix}-")`,
          },
          {
            type: "time_parser",
            parse_from: "attributes.time",
            layout_type: "gotime",
            layout: "2006-01-02T15:04:05.999999999Z07:00",
          },
          { type: "move", from: SERVICE_OF_LINE, to: 'resource["service.name"]' },
          { type: "move", from: "attributes.log", to: "body" },
          { type: "retain", fields: ["attributes.stream"] },
        ],
      },
    },
    processors: {
      memory_limiter: { check_interval: "1s", limit_percentage: 75, spike_limit_percentage: 20 },
      transform: {
        log_statements: [
          {
            context: "log",
            statements: [
              `replace_pattern(body, ${JSON.stringify(CREDENTIALS_OF_URL)}, ${JSON.stringify(REDACTED)})`,
              `replace_pattern(resource.attributes["service.name"], "^${prefix}-", "")`,
            ],
          },
        ],
      },
      batch: { timeout: "1s", send_batch_size: 2000 },
    },
    exporters: {
      otlp_http: {
        endpoint: `${lokiUrl}/otlp`,
        // What Loki does not take now waits here, on the disk, and then in Docker's files until they are rotated away.
        retry_on_failure: NEVER_GIVES_UP,
        sending_queue: {
          enabled: true,
          num_consumers: 1,
          queue_size: 10,
          block_on_overflow: true,
          storage: "file_storage",
        },
      },
    },
    service: {
      extensions: ["file_storage"],
      pipelines: {
        logs: {
          receivers: ["file_log"],
          processors: ["memory_limiter", "transform", "batch"],
          exporters: ["otlp_http"],
        },
      },
      telemetry: {
        logs: { level: "warn", encoding: "json" },
        metrics: {
          level: "normal",
          readers: [{ pull: { exporter: { prometheus: { host: "0.0.0.0", port: metricsPort } } } }],
        },
      },
    },
  };
}
