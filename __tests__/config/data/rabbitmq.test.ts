import {
  brokerNames,
  permissionsOf,
  RABBITMQ_USER_NAMES,
  RABBITMQ_USERS,
  type RabbitMqUserName,
} from "../../../config/data/rabbitmq";

const names = brokerNames({ name: "staging" });
const { queues } = names;
const EXCHANGE = "staging-events";
/** A queue of events for whoever has a key. */
const heardBy = (key: string) => `${EXCHANGE}-scrim.created-${key}`;
const BY_BROKER = "amq.gen-Xa0-_b";
const DIRECTLY = "amq.default";
const PROGRESS = ["scrim-1f", "match-1f", "lfs-1f"];
const ID = "01234567-89ab-cdef-0123-456789abcdef";
const CELERY = [
  "staging-celery",
  "celeryev",
  `celeryev.${ID}`,
  "celery.pidbox",
  "celery@worker-1.local.celery.pidbox",
  "reply.celery.pidbox",
  `${ID}.reply.celery.pidbox`,
];

/** Everything that has a name on the broker, and what nobody may touch. */
const NAMES = [
  ...Object.values(queues).filter((queue) => queue !== queues.celery),
  ...CELERY,
  EXCHANGE,
  ...["core", "bot", "notification", "matchmaking"].map(heardBy),
  BY_BROKER,
  DIRECTLY,
  ...PROGRESS,
  "default",
  "",
  "mine",
  "staging",
  "production-core",
  "production-events-scrim.created-core",
  `${EXCHANGE}-scrim.created-`,
  `${EXCHANGE}-scrim.created-undefined`,
  `${EXCHANGE}-a-bot-core`,
  `${EXCHANGE}--core`,
  "amq.gen-",
  "amq-gen-a",
  "amq.topic",
  "scrim-",
  "scrim",
  "celeryev2",
  "celeryevx1",
  `${ID}.reply.celery.pidboxes`,
] as const;

interface May {
  readonly configure: readonly string[];
  readonly write: readonly string[];
  readonly read: readonly string[];
}

const expected: Readonly<Record<RabbitMqUserName, May>> = {
  core: {
    configure: [
      "staging-core",
      "staging-analytics",
      "staging-matchmaking",
      "staging-submission",
      "staging-notification",
      "staging-image-generation",
      EXCHANGE,
      heardBy("core"),
      BY_BROKER,
    ],
    write: [DIRECTLY, EXCHANGE, heardBy("core"), BY_BROKER],
    read: ["staging-core", EXCHANGE, heardBy("core"), BY_BROKER],
  },
  "discord-bot": {
    configure: ["staging-bot", "staging-core", "staging-analytics", EXCHANGE, heardBy("bot")],
    write: [DIRECTLY, EXCHANGE, heardBy("bot")],
    read: ["staging-bot", EXCHANGE, heardBy("bot")],
  },
  "notification-service": {
    configure: [
      "staging-notification",
      "staging-bot",
      "staging-core",
      "staging-matchmaking",
      EXCHANGE,
      heardBy("notification"),
    ],
    write: [DIRECTLY, heardBy("notification")],
    read: ["staging-notification", EXCHANGE, heardBy("notification")],
  },
  "image-generation-service": {
    configure: ["staging-image-generation"],
    write: [DIRECTLY],
    read: ["staging-image-generation"],
  },
  "image-generation-frontend": {
    configure: ["staging-image-generation", BY_BROKER],
    write: [DIRECTLY, BY_BROKER],
    read: [BY_BROKER],
  },
  "server-analytics-service": {
    configure: ["staging-analytics"],
    write: [DIRECTLY],
    read: ["staging-analytics"],
  },
  "matchmaking-service": {
    configure: ["staging-matchmaking", "staging-analytics", "staging-submission", EXCHANGE, heardBy("matchmaking")],
    write: [DIRECTLY, EXCHANGE, heardBy("matchmaking")],
    read: ["staging-matchmaking", EXCHANGE, heardBy("matchmaking")],
  },
  "submission-service": {
    configure: [
      "staging-submission",
      "staging-core",
      "staging-matchmaking",
      "staging-celery",
      EXCHANGE,
      ...PROGRESS,
      "default",
    ],
    write: [DIRECTLY, EXCHANGE],
    read: ["staging-submission", ...PROGRESS],
  },
  "replay-parse-service": {
    configure: CELERY,
    write: [DIRECTLY, ...CELERY],
    read: CELERY,
  },
};

const allowed = (pattern: string) => NAMES.filter((name) => new RegExp(pattern).test(name));

describe.each(RABBITMQ_USER_NAMES)("the account %s", (user) => {
  const permissions = permissionsOf(user, names);

  test.each(["configure", "write", "read"] as const)("may %s what it must, and no more", (kind) => {
    expect(allowed(permissions[kind]).sort()).toEqual([...expected[user][kind]].sort());
  });

  test("may touch nothing that only begins or ends like what it may", () => {
    for (const pattern of Object.values(permissions)) {
      expect(pattern).toMatch(/^\^\(.+\)\$$/);
      // What ends in anything may end in something more.
      const longer = allowed(pattern)
        .filter((name) => !PROGRESS.includes(name) && name !== BY_BROKER)
        .flatMap((name) => [`x${name}`, `${name}/x`, `x\n${name}`]);
      expect(longer.filter((name) => new RegExp(pattern).test(name))).toEqual([]);
    }
  });
});

describe("queues", () => {
  test("have names of their own", () => {
    expect(new Set(Object.values(queues)).size).toBe(Object.keys(queues).length);
    expect(Object.values(queues)).not.toContain(names.events);
  });

  test("have names that no other environment has", () => {
    const others = brokerNames({ name: "production" });

    expect([queues.core, names.events]).toEqual(["staging-core", EXCHANGE]);
    expect([...Object.values(others.queues), others.events].filter((name) => !name.startsWith("production-"))).toEqual(
      [],
    );
  });

  test.each(Object.values(queues))("%s is read by one account, and declared by whoever calls it too", (queue) => {
    const readers = RABBITMQ_USER_NAMES.filter((user) => new RegExp(permissionsOf(user, names).read).test(queue));
    const declarers = RABBITMQ_USER_NAMES.filter((user) =>
      new RegExp(permissionsOf(user, names).configure).test(queue),
    );

    expect(readers).toHaveLength(1);
    expect(declarers).toEqual(expect.arrayContaining(readers));
    expect(declarers.length).toBeGreaterThan(1);
  });
});

test("the queues of events are called what they always were", () => {
  const keys = Object.entries(RABBITMQ_USERS).flatMap(([name, user]) =>
    "eventKey" in user ? [[name, user.eventKey]] : [],
  );

  expect(Object.fromEntries(keys)).toEqual({
    core: "core",
    "discord-bot": "bot",
    "notification-service": "notification",
    "matchmaking-service": "matchmaking",
  });
});
