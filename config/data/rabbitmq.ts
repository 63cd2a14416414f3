import type { Environment } from "../schema";

/** The virtual host that everything of the platform is in. */
export const RABBITMQ_VIRTUAL_HOST = "sprocket";

/** The port of AMQP. */
export const RABBITMQ_PORT = 5672;
/** The port of the broker's metrics, which anybody on its networks may read. */
export const RABBITMQ_METRICS_PORT = 15692;

/** The queues by which applications ask each other and hand out work. */
const QUEUE_NAMES = [
  "core",
  "bot",
  "analytics",
  "matchmaking",
  "image-generation",
  "submission",
  "notification",
  "celery",
] as const;

type QueueName = (typeof QUEUE_NAMES)[number];

/** What an environment's queues and its exchange are called. */
export interface BrokerNames {
  readonly queues: Readonly<Record<QueueName, string>>;
  /** The exchange by which applications tell each other what happened. */
  readonly events: string;
}

/** The names on an environment's broker, which no other environment has: a wrong URL leads to no queue. */
export function brokerNames({ name }: Pick<Environment, "name">): BrokerNames {
  return {
    queues: Object.fromEntries(QUEUE_NAMES.map((queue) => [queue, `${name}-${queue}`])) as BrokerNames["queues"],
    events: `${name}-events`,
  };
}

interface BrokerUser {
  /** The queues that it takes messages from. @default - none */
  readonly consumes?: readonly QueueName[];
  /** The queues that it sends to, which it declares as well. @default - none */
  readonly calls?: readonly QueueName[];
  /** Whether it tells what happened. @default false */
  readonly publishesEvents?: boolean;
  /**
   * What it is called in the names of its event queues. It must never change: nobody would read the former ones.
   *
   * @default - it hears no events
   */
  readonly eventKey?: string;
  /** Patterns of other names that it may declare. @default - none */
  readonly declares?: readonly string[];
  /** Patterns of other names that it may read. @default - none */
  readonly reads?: readonly string[];
  /** Queues that it declares, with an exchange of the same name before them. @default - none */
  readonly exchanges?: readonly QueueName[];
  /** Patterns of other names that it may declare, write and read. @default - none */
  readonly owns?: readonly string[];
}

/** Queues that the broker names. */
const NAMED_BY_BROKER = "amq[.]gen-.+";
/** The queues by which the replay parser reports on a submission, named by it. */
const PROGRESS = "(scrim|match|lfs)-.+";
const ID = "[0-9a-f-]{36}";
/** By which Celery's workers find and steer each other. */
const CELERY_CONTROL = [
  "celeryev",
  `celeryev[.]${ID}`,
  "celery[.]pidbox",
  "celery@[A-Za-z0-9._-]+[.]celery[.]pidbox",
  "reply[.]celery[.]pidbox",
  `${ID}[.]reply[.]celery[.]pidbox`,
];

/** Who has an account, and what for. Each may do what its source does, and no more. */
export const RABBITMQ_USERS = {
  core: {
    consumes: ["core"],
    calls: ["analytics", "matchmaking", "submission", "notification", "image-generation"],
    publishesEvents: true,
    eventKey: "core",
    owns: [NAMED_BY_BROKER],
  },
  "discord-bot": { consumes: ["bot"], calls: ["core", "analytics"], publishesEvents: true, eventKey: "bot" },
  "notification-service": {
    consumes: ["notification"],
    calls: ["bot", "core", "matchmaking"],
    eventKey: "notification",
  },
  "image-generation-service": { consumes: ["image-generation"] },
  "image-generation-frontend": { calls: ["image-generation"], owns: [NAMED_BY_BROKER] },
  "server-analytics-service": { consumes: ["analytics"] },
  "matchmaking-service": {
    consumes: ["matchmaking"],
    calls: ["analytics", "submission"],
    publishesEvents: true,
    eventKey: "matchmaking",
  },
  "submission-service": {
    consumes: ["submission"],
    calls: ["core", "matchmaking", "celery"],
    publishesEvents: true,
    // Its Celery client declares an exchange and a queue of that name, and uses neither.
    declares: ["default", PROGRESS],
    reads: [PROGRESS],
  },
  "replay-parse-service": { exchanges: ["celery"], owns: CELERY_CONTROL },
} as const satisfies Record<string, BrokerUser>;

/** Who has an account. */
export type RabbitMqUserName = keyof typeof RABBITMQ_USERS;

/** Who has an account and hears events. */
export type EventHearerName = {
  [Name in RabbitMqUserName]: (typeof RABBITMQ_USERS)[Name] extends { readonly eventKey: string } ? Name : never;
}[RabbitMqUserName];

/** Everybody who has an account. */
export const RABBITMQ_USER_NAMES = Object.keys(RABBITMQ_USERS) as readonly RabbitMqUserName[];

/** What an account may do, as regular expressions over the names of queues and exchanges. */
export interface BrokerPermissions {
  readonly configure: string;
  readonly write: string;
  readonly read: string;
}

/** The permissions that an account needs, and no more. */
export function permissionsOf(name: RabbitMqUserName, { queues, events }: BrokerNames): BrokerPermissions {
  const user: BrokerUser = RABBITMQ_USERS[name];
  const { consumes = [], calls = [], publishesEvents = false, eventKey, declares = [], reads = [] } = user;
  const named = (queueNames: readonly QueueName[]) => queueNames.map((queue) => queues[queue]);
  const owns = [...named(user.exchanges ?? []), ...(user.owns ?? [])];
  const published = publishesEvents ? [events] : [];
  const heard = eventKey === undefined ? [] : [events];
  const exchange = [...new Set([...published, ...heard])];
  const eventQueues = eventKey === undefined ? [] : [`${events}-[A-Za-z.*]+-${eventKey}`];
  return {
    configure: oneOf(...named(consumes), ...named(calls), ...exchange, ...eventQueues, ...declares, ...owns),
    // To a queue itself one writes by the default exchange.
    write: oneOf("amq[.]default", ...published, ...eventQueues, ...owns),
    read: oneOf(...named(consumes), ...heard, ...eventQueues, ...reads, ...owns),
  };
}

function oneOf(...patterns: readonly string[]): string {
  return patterns.length === 0 ? "^$" : `^(${patterns.join("|")})$`;
}
