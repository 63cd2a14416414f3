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

type QueueName = keyof typeof QUEUES;

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
    calls: ["analytics", "matchmaking", "submission", "notification", "imageGeneration"],
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
  "image-generation-service": { consumes: ["imageGeneration"] },
  "image-generation-frontend": { calls: ["imageGeneration"], owns: [NAMED_BY_BROKER] },
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
  const user: BrokerUser = RABBITMQ_USERS[name];
  const { consumes = [], calls = [], publishesEvents = false, eventKey, declares = [], reads = [], owns = [] } = user;
  const named = (queues: readonly QueueName[]) => queues.map((queue) => QUEUES[queue]);
  const published = publishesEvents ? [EVENTS_EXCHANGE] : [];
  const heard = eventKey === undefined ? [] : [EVENTS_EXCHANGE];
  const exchange = [...new Set([...published, ...heard])];
  const eventQueues = eventKey === undefined ? [] : [`${EVENTS_EXCHANGE}-[A-Za-z.*]+-${eventKey}`];
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
