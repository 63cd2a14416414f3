/** The virtual host that everything of the platform is in. */
export const RABBITMQ_VIRTUAL_HOST = "sprocket";

/** The queues by which applications ask each other, by what the applications' configuration calls them. */
export const QUEUES = {
  core: "sprocket-core",
  bot: "sprocket-bot",
  analytics: "sprocket-analytics",
  matchmaking: "sprocket-matchmaking",
  imageGeneration: "sprocket-image-generation",
  submission: "sprocket-submission",
  notification: "sprocket-notification",
  celery: "sprocket-celery",
} as const;

/** The exchange by which applications tell each other what happened. */
export const EVENTS_EXCHANGE = "sprocket-events";

/** What each application that hears events is called in the names of its queues. It must never change. */
export const EVENT_KEYS = {
  core: "core",
  "discord-bot": "bot",
  "notification-service": "notification",
  "matchmaking-service": "matchmaking",
} as const;

type QueueName = keyof typeof QUEUES;

interface BrokerUser {
  /** The queues that it takes messages from. */
  readonly consumes?: readonly QueueName[];
  /** The queues that it sends to, which it declares as well. */
  readonly calls?: readonly QueueName[];
  /** Whether it tells what happened, and hears it. */
  readonly events?: readonly ("publishes" | "subscribes")[];
  /** Patterns of other names: that it may declare, that it may read and write too. */
  readonly declares?: readonly string[];
  readonly reads?: readonly string[];
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
    calls: ["analytics", "matchmaking", "submission", "notification", "imageGeneration"],
    events: ["publishes", "subscribes"],
    owns: [NAMED_BY_BROKER],
  },
  "discord-bot": { consumes: ["bot"], calls: ["core", "analytics"], events: ["publishes", "subscribes"] },
  "notification-service": {
    consumes: ["notification"],
    calls: ["bot", "core", "matchmaking"],
    events: ["subscribes"],
  },
  "image-generation-service": { consumes: ["imageGeneration"] },
  "image-generation-frontend": { calls: ["imageGeneration"], owns: [NAMED_BY_BROKER] },
  "server-analytics-service": { consumes: ["analytics"] },
  "matchmaking-service": {
    consumes: ["matchmaking"],
    calls: ["analytics", "submission"],
    events: ["publishes", "subscribes"],
  },
  "submission-service": {
    consumes: ["submission"],
    calls: ["core", "matchmaking", "celery"],
    events: ["publishes"],
    // Its Celery client declares an exchange and a queue of that name, and uses neither.
    declares: ["default", PROGRESS],
    reads: [PROGRESS],
  },
  "replay-parse-service": { owns: [QUEUES.celery, ...CELERY_CONTROL] },
} as const satisfies Record<string, BrokerUser>;

/** Who has an account. */
export type RabbitMqUserName = keyof typeof RABBITMQ_USERS;

/** Everybody who has an account. */
export const RABBITMQ_USER_NAMES = Object.keys(RABBITMQ_USERS) as readonly RabbitMqUserName[];

/** What an account may do, as regular expressions over the names of queues and exchanges. */
export interface BrokerPermissions {
  readonly configure: string;
  readonly write: string;
  readonly read: string;
}

/** The permissions that an account needs, and no more. */
export function permissionsOf(name: RabbitMqUserName): BrokerPermissions {
  const {
    consumes = [],
    calls = [],
    events = [],
    declares = [],
    reads = [],
    owns = [],
  }: BrokerUser = RABBITMQ_USERS[name];
  const named = (queues: readonly QueueName[]) => queues.map((queue) => QUEUES[queue]);
  const exchange = events.length > 0 ? [EVENTS_EXCHANGE] : [];
  const published = events.includes("publishes") ? [EVENTS_EXCHANGE] : [];
  const heard = events.includes("subscribes") ? [EVENTS_EXCHANGE] : [];
  const eventQueues = events.includes("subscribes") ? [eventQueuePattern(name as keyof typeof EVENT_KEYS)] : [];
  return {
    configure: oneOf(...named(consumes), ...named(calls), ...exchange, ...eventQueues, ...declares, ...owns),
    // To a queue itself one writes by the default exchange.
    write: oneOf("amq[.]default", ...published, ...eventQueues, ...owns),
    read: oneOf(...named(consumes), ...heard, ...eventQueues, ...reads, ...owns),
  };
}

function eventQueuePattern(name: keyof typeof EVENT_KEYS): string {
  return `${EVENTS_EXCHANGE}-[A-Za-z.*]+-${EVENT_KEYS[name]}`;
}

function oneOf(...patterns: readonly string[]): string {
  return patterns.length === 0 ? "^$" : `^(${patterns.join("|")})$`;
}
