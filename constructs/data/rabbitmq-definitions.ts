import { Fn, Token } from "cdktf";
import {
  type BrokerNames,
  brokerNames,
  permissionsOf,
  RABBITMQ_USER_NAMES,
  RABBITMQ_VIRTUAL_HOST,
} from "../../config/data/rabbitmq";
import type { Environment } from "../../config/schema";
import { rabbitMqPasswordPath } from "../../config/secrets/platform-secrets";
import type { StoredSecrets } from "../secrets/stored-secrets";
import { Duration } from "../swarm/duration";

const ADMINISTRATOR = "administrator";

/** What a request waits for its answer, and longer. Later, whoever asked is gone. */
const REQUEST_LIFE = Duration.minutes(10);
/** Replays are parsed one after the other after a league's night. */
const TASK_LIFE = Duration.minutes(24 * 60);
/** How long a queue is kept that nobody listens to any more. */
const QUEUE_LIFE = Duration.minutes(7 * 24 * 60);
const LONGEST_QUEUE = 10_000;

/** The broker's accounts, their permissions, and what it forgets, in its own terms. */
export function definitionsFile(environment: Environment, secrets: StoredSecrets): string {
  const names = brokerNames(environment);
  const vhost = RABBITMQ_VIRTUAL_HOST;
  const definitions = {
    vhosts: [{ name: vhost }],
    users: [
      ...RABBITMQ_USER_NAMES.map((name) => ({ name, password: secrets(rabbitMqPasswordPath(name)).value, tags: [] })),
      { name: ADMINISTRATOR, password: secrets("rabbitmq/administrator-password").value, tags: ["administrator"] },
    ],
    permissions: [
      ...RABBITMQ_USER_NAMES.map((user) => ({ user, vhost, ...permissionsOf(user, names) })),
      { user: ADMINISTRATOR, vhost, configure: ".*", write: ".*", read: ".*" },
    ],
    policies: policiesOf(names).map((policy) => ({ vhost, "apply-to": "queues", ...policy })),
  };
  return Token.asString(Fn.jsonencode(definitions));
}

/** A queue has one policy: the one of the highest priority that its name matches. */
function policiesOf({ queues: { celery, ...requests }, events }: BrokerNames) {
  return [
    {
      name: "requests",
      pattern: `^(${Object.values(requests).join("|")})$`,
      priority: 1,
      definition: { "message-ttl": REQUEST_LIFE.milliseconds, "max-length": LONGEST_QUEUE },
    },
    {
      name: "events",
      pattern: `^${events}-`,
      priority: 1,
      definition: {
        "message-ttl": REQUEST_LIFE.milliseconds,
        "max-length": LONGEST_QUEUE,
        expires: QUEUE_LIFE.milliseconds,
      },
    },
    {
      name: "tasks",
      pattern: `^${celery}$`,
      priority: 1,
      definition: { "message-ttl": TASK_LIFE.milliseconds, "max-length": LONGEST_QUEUE },
    },
    {
      name: "everything-else",
      pattern: ".*",
      priority: 0,
      definition: {
        "message-ttl": TASK_LIFE.milliseconds,
        "max-length": LONGEST_QUEUE,
        expires: QUEUE_LIFE.milliseconds,
      },
    },
  ];
}
