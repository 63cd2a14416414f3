import { Duration } from "../../../constructs/swarm/duration";
import type { AlertCase, Series } from "../alert-case";
import { always } from "../measured";

const MEBIBYTE = 1024 * 1024;
const OF_BROKER = 'instance="rabbitmq",job="rabbitmq"';
const BY_TELEGRAF = 'instance="data-metrics",job="data-metrics"';
const REDIS = `${BY_TELEGRAF},server="sprocket-local-redis"`;
const EVENTS = "local-events-scrim.saved.*-matchmaking";

const queueLabels = (queue: string) => ({ instance: "rabbitmq", job: "rabbitmq-queues", queue, vhost: "sprocket" });

const brokerAnswers: Series = { 'up{instance="rabbitmq",job="rabbitmq-queues"}': always(1) };
const brokerSilent: Series = { 'up{instance="rabbitmq",job="rabbitmq-queues"}': always(0) };
/** As the rules for services remember it. */
const apiSeen: Series = { 'sprocket:service:seen{service="api"}': always(1) };
const telegrafAnswers: Series = { [`up{${BY_TELEGRAF}}`]: always(1) };
const telegrafSilent: Series = { [`up{${BY_TELEGRAF}}`]: always(0) };

function queue(name: string, messages: string, consumers: number): Series {
  const labels = Object.entries(queueLabels(name)).map(([label, value]) => `${label}="${value}"`);
  return {
    [`rabbitmq_detailed_queue_messages_ready{${labels.join(",")}}`]: messages,
    [`rabbitmq_detailed_queue_consumers{${labels.join(",")}}`]: always(consumers),
  };
}

function alarms(memory: number, disk: number): Series {
  return {
    [`rabbitmq_alarms_memory_used_watermark{${OF_BROKER}}`]: always(memory),
    [`rabbitmq_alarms_free_disk_space_watermark{${OF_BROKER}}`]: always(disk),
  };
}

const BLOCKED: AlertCase["told"] = [
  {
    labels: { instance: "rabbitmq" },
    summary: "RabbitMQ takes no messages: it has too little memory or disk left.",
  },
];

function redisMemory(mebibytes: number): Series {
  return {
    [`redis_used_memory{${REDIS}}`]: always(mebibytes * MEBIBYTE),
    [`redis_maxmemory{${REDIS}}`]: always(256 * MEBIBYTE),
  };
}

function redisTakes(percent: string): AlertCase["told"] {
  return [
    {
      labels: { instance: "data-metrics", job: "data-metrics", server: "sprocket-local-redis" },
      summary: `Redis takes ${percent} % of the memory that its data may take; when it has none left it refuses to be written to.`,
    },
  ];
}

const SEALED = 'vault_core_unsealed{instance="vault",job="vault"}';
const UNSEALED = 'vault_core_unsealed{cluster="vault-cluster-d2da740a",instance="vault",job="vault"}';

const BY_VAULT = 'instance="vault",job="vault"';
const vaultAnswers: Series = { [`up{${BY_VAULT}}`]: always(1) };
const vaultSilent: Series = { [`up{${BY_VAULT}}`]: always(0) };
const VAULT_IS_SEALED = "Vault is sealed: nobody reads or writes a secret, and no deployment goes through.";

export const dataCases: readonly AlertCase[] = [
  {
    alert: "VaultSealed",
    when: "it is sealed",
    series: { ...vaultAnswers, [SEALED]: always(0) },
    told: [{ labels: { instance: "vault", service: "vault" }, summary: VAULT_IS_SEALED }],
  },
  {
    alert: "VaultSealed",
    when: "it answers, and has forgotten that it said it is sealed",
    series: vaultAnswers,
    told: [{ labels: { instance: "vault", service: "vault" }, summary: VAULT_IS_SEALED }],
  },
  { alert: "VaultSealed", when: "it does not answer", series: vaultSilent, told: [] },
  { alert: "VaultSealed", when: "it is unsealed", series: { ...vaultAnswers, [UNSEALED]: always(1) }, told: [] },
  {
    alert: "VaultSealed",
    when: "it was sealed before it was unsealed",
    series: { ...vaultAnswers, [SEALED]: always(0), [UNSEALED]: always(1) },
    told: [],
  },
  {
    alert: "QueueGrows",
    when: "more than a hundred messages wait, and each time one more",
    series: queue("local-core", "101+1x400", 1),
    since: Duration.seconds(15),
    told: [
      {
        labels: queueLabels("local-core"),
        summary: "142 messages wait in local-core, and there are more and more.",
      },
    ],
  },
  { alert: "QueueGrows", when: "it stays as long", series: queue("local-core", always(150), 1), told: [] },
  { alert: "QueueGrows", when: "a hundred wait", series: queue("local-core", "50+1x50 100x400", 1), told: [] },
  { alert: "QueueGrows", when: "it is read", series: queue("local-core", "500-1x400", 1), told: [] },
  { alert: "QueueGrows", when: "nobody knows the queue", series: queue("local-other", "101+1x400", 1), told: [] },
  {
    alert: "QueueUnread",
    when: "messages wait for nobody",
    series: queue("local-submission", always(3), 0),
    told: [
      {
        labels: queueLabels("local-submission"),
        summary: "3 messages wait in local-submission, and nobody reads them.",
      },
    ],
  },
  { alert: "QueueUnread", when: "none waits", series: queue("local-submission", always(0), 0), told: [] },
  { alert: "QueueUnread", when: "somebody reads", series: queue("local-submission", always(3), 1), told: [] },
  {
    alert: "EventsUnheard",
    when: "a service stopped listening",
    series: { ...brokerAnswers, ...queue(EVENTS, always(0), 0) },
    told: [{ labels: queueLabels(EVENTS), summary: `Nobody hears what happens by ${EVENTS}.` }],
  },
  {
    alert: "EventsUnheard",
    when: "there is no such queue",
    series: { ...brokerAnswers, ...apiSeen, ...queue("local-core", always(0), 1) },
    told: [{ labels: {}, summary: "Nobody hears what happens." }],
  },
  {
    alert: "EventsUnheard",
    when: "there is no such queue, as nobody who would listen was deployed yet",
    series: { ...brokerAnswers, 'sprocket:service:seen{service="web"}': always(1) },
    told: [],
  },
  {
    alert: "EventsUnheard",
    when: "somebody listens",
    series: { ...brokerAnswers, ...apiSeen, ...queue(EVENTS, always(0), 1) },
    told: [],
  },
  { alert: "EventsUnheard", when: "the broker does not answer", series: { ...brokerSilent, ...apiSeen }, told: [] },
  { alert: "BrokerBlocks", when: "it has too little memory", series: alarms(1, 0), told: BLOCKED },
  { alert: "BrokerBlocks", when: "it has too little disk", series: alarms(0, 1), told: BLOCKED },
  { alert: "BrokerBlocks", when: "it has enough of both", series: alarms(0, 0), told: [] },
  {
    alert: "RedisUnanswered",
    when: "it does not answer",
    series: telegrafAnswers,
    told: [{ labels: { service: "redis" }, summary: "Redis does not answer." }],
  },
  {
    alert: "RedisUnanswered",
    when: "it answers",
    series: { ...telegrafAnswers, [`redis_uptime{${REDIS}}`]: always(945) },
    told: [],
  },
  { alert: "RedisUnanswered", when: "nobody asks", series: telegrafSilent, told: [] },
  {
    alert: "PostgresUnanswered",
    when: "it does not answer",
    series: telegrafAnswers,
    told: [{ labels: { service: "postgres" }, summary: "PostgreSQL does not answer." }],
  },
  {
    alert: "PostgresUnanswered",
    when: "it answers",
    series: {
      ...telegrafAnswers,
      [`postgresql_numbackends{datname="sprocket",db="sprocket",${BY_TELEGRAF},server="postgres"}`]: always(1),
    },
    told: [],
  },
  { alert: "PostgresUnanswered", when: "nobody asks", series: telegrafSilent, told: [] },
  { alert: "RedisMemoryShort", when: "76.6 % are taken", series: redisMemory(196), told: redisTakes("76.56") },
  { alert: "RedisMemoryShort", when: "75 % are taken", series: redisMemory(192), told: [] },
  { alert: "RedisMemoryGone", when: "95.3 % are taken", series: redisMemory(244), told: redisTakes("95.31") },
  { alert: "RedisMemoryGone", when: "94.9 % are taken", series: redisMemory(243), told: [] },
];
