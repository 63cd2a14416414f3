import { brokerNames } from "../../../config/data/rabbitmq";
import { Duration } from "../../swarm/duration";
import type { AlertRule, Declared, RuleGroup, Severity } from "./rule";
import { SEEN } from "./services";

const READY = "rabbitmq_detailed_queue_messages_ready";
const CONSUMERS = "rabbitmq_detailed_queue_consumers";

/** What goes wrong with the data services, and with Vault. */
export function dataRules({ environment }: Declared): RuleGroup {
  const { events, queues } = brokerNames(environment);
  const database = environment.database === "managed" ? "pgbouncer" : "postgres";
  const named = `queue=~"${Object.values(queues).join("|")}"`;
  return {
    name: "data",
    rules: [
      {
        alert: "VaultSealed",
        severity: "critical",
        // One that was not unsealed since its start has told so once, and Vault forgets it after a day.
        expression: `label_replace(max by (instance) (vault_core_unsealed) == 0 or max by (instance) (up{job="vault"} == 1 unless on () vault_core_unsealed), "service", "$1", "instance", "(.*)")`,
        lasts: Duration.minutes(1),
        summary: "Vault is sealed: nobody reads or writes a secret, and no deployment goes through.",
      },
      {
        alert: "QueueGrows",
        severity: "warning",
        about: "queue",
        expression: `${READY}{${named}} > 100 and delta(${READY}{${named}}[10m]) > 0`,
        lasts: Duration.minutes(10),
        summary: "{{ $value }} messages wait in {{ $labels.queue }}, and there are more and more.",
      },
      {
        alert: "QueueUnread",
        severity: "critical",
        about: "queue",
        expression: `${READY}{${named}} > 0 and on (queue) ${CONSUMERS}{${named}} == 0`,
        lasts: Duration.minutes(5),
        summary: "{{ $value }} messages wait in {{ $labels.queue }}, and nobody reads them.",
      },
      {
        alert: "EventsUnheard",
        severity: "critical",
        expression: `${CONSUMERS}{queue=~"${events}-.*"} == 0 or absent(${CONSUMERS}{queue=~"${events}-.*"}) and on () ${SEEN}{service="api"} and on () (up{job="rabbitmq-queues"} == 1)`,
        lasts: Duration.minutes(5),
        summary: "Nobody hears what happens{{ with $labels.queue }} by {{ . }}{{ end }}.",
      },
      {
        alert: "BrokerBlocks",
        severity: "critical",
        expression: 'max by (instance) ({__name__=~"rabbitmq_alarms_.*_watermark"}) > 0',
        lasts: Duration.minutes(1),
        summary: "RabbitMQ takes no messages: it has too little memory or disk left.",
      },
      unanswered("RedisUnanswered", "redis_uptime", "Redis", "redis"),
      unanswered("PostgresUnanswered", "postgresql_numbackends", "PostgreSQL", database),
      redisMemory("RedisMemoryShort", "warning", 75),
      redisMemory("RedisMemoryGone", "critical", 95),
    ],
  };
}

function unanswered(alert: string, metric: string, name: string, service: string): AlertRule {
  return {
    alert,
    severity: "critical",
    // Without whoever asks, neither would seem to answer.
    expression: `label_replace(absent(${metric}) and on () (up{job="data-metrics"} == 1), "service", "${service}", "", "")`,
    lasts: Duration.minutes(2),
    summary: `${name} does not answer.`,
  };
}

/** At its own limit, which is below the container's, Redis refuses to be written to. */
function redisMemory(alert: string, severity: Severity, percent: number): AlertRule {
  return {
    alert,
    severity,
    about: "redis-memory",
    expression: `100 * redis_used_memory / redis_maxmemory > ${percent}`,
    lasts: Duration.minutes(5),
    summary:
      "Redis takes {{ $value | humanize }} % of the memory that its data may take; when it has none left it refuses to be written to.",
  };
}
