import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import {
  EVENTS_EXCHANGE,
  permissionsOf,
  QUEUES,
  RABBITMQ_USER_NAMES,
  RABBITMQ_VIRTUAL_HOST,
} from "../../config/data/rabbitmq";
import type { Image } from "../../config/images/image";
import { rabbitMqPasswordPath } from "../../config/secrets/platform-secrets";
import { HttpRoute } from "../ingress/http-route";
import type { StoredSecrets } from "../secrets/stored-secrets";
import { Duration } from "../swarm/duration";
import { healthCheckOf } from "../swarm/health-check";
import { Memory } from "../swarm/memory";
import { SwarmConfig } from "../swarm/swarm-config";
import { SwarmSecret } from "../swarm/swarm-secret";
import { SwarmService } from "../swarm/swarm-service";
import type { TrustNetworkReferences } from "../swarm/trust-networks";
import { LayerStack } from "../terraform/layer-stack";

/** The port of AMQP. */
const PORT = 5672;
const MANAGEMENT_PORT = 15672;
const PROMETHEUS_PORT = 15692;
const ADMINISTRATOR = "administrator";
const DATA_FOLDER = "/var/lib/rabbitmq";
/** Files of this folder win over the main one, in the order of their names. */
const CONFIGURATION_PATH = "/etc/rabbitmq/conf.d/90-sprocket.conf";
const PLUGINS_PATH = "/etc/rabbitmq/enabled_plugins";
const DEFINITIONS_PATH = "/run/secrets/definitions.json";

/** What a request waits for its answer, and longer. Later, whoever asked is gone. */
const REQUEST_LIFE = Duration.minutes(10);
/** Replays are parsed one after the other after a league's night. */
const TASK_LIFE = Duration.minutes(24 * 60);
/** How long a queue is kept that nobody listens to any more. */
const QUEUE_LIFE = Duration.minutes(7 * 24 * 60);
const LONGEST_QUEUE = 10_000;

export interface RabbitMqProps {
  readonly networks: Pick<TrustNetworkReferences, "ingressOperators" | "rabbitmq">;
  readonly secrets: StoredSecrets;
}

/**
 * The message broker, with an account for each application that may do what it must and no more.
 *
 * A change of it restarts it. Some applications do not hear it any more after that, so they roll with
 * its {@link revision}.
 */
export class RabbitMq extends Construct {
  readonly service: SwarmService;
  /** `host:port` for services on its network. */
  readonly address: string;
  /** Another one after each change that restarts it. */
  readonly revision: string;

  constructor(scope: Construct, id: string, { networks, secrets }: RabbitMqProps) {
    super(scope, id);
    const { images } = LayerStack.of(this);
    const definitions = new SwarmSecret(this, "definitions", { value: definitionsFile(secrets) });
    this.service = new SwarmService(this, "Resource", {
      image: images.rabbitmq,
      networks: [networks.ingressOperators, networks.rabbitmq],
      // The image's own entry point changes owners, which nothing here needs.
      command: ["rabbitmq-server"],
      environment: {
        HOME: DATA_FOLDER,
        // Its data is in a folder of its name, which must not be another's in the next container.
        RABBITMQ_NODENAME: "rabbit@localhost",
        RABBITMQ_LOGS: "-",
      },
      files: [
        new SwarmConfig(this, "configuration", { content: configuration(images.rabbitmq) }).at(CONFIGURATION_PATH),
        new SwarmConfig(this, "plugins", { content: "[rabbitmq_management,rabbitmq_prometheus].\n" }).at(PLUGINS_PATH),
        definitions.at(DEFINITIONS_PATH),
      ],
      volumes: [{ name: "data", path: DATA_FOLDER }],
      healthCheck: healthCheckOf(images.rabbitmq, Duration.minutes(2)),
      limits: { cpus: 1, memory: Memory.mebibytes(512) },
      // It brings its queues to the disk.
      stopGracePeriod: Duration.seconds(30),
    });
    this.address = this.service.address(PORT);
    this.revision = this.service.revision;
    new HttpRoute(this, "route", {
      service: this.service,
      label: "rabbitmq",
      port: MANAGEMENT_PORT,
      audience: "operators",
    });
  }
}

const SETTINGS: Readonly<Record<string, string | number>> = {
  "listeners.tcp.default": PORT,
  "management.tcp.port": MANAGEMENT_PORT,
  "prometheus.tcp.port": PROMETHEUS_PORT,
  heartbeat: 60,
  // With it there is no user `guest`. Read at each start: it changes accounts, and removes none.
  load_definitions: DEFINITIONS_PATH,
  default_vhost: RABBITMQ_VIRTUAL_HOST,
  // Below the container's limit, so that it makes publishers wait before the kernel ends it.
  "vm_memory_high_watermark.absolute": "300MB",
  "disk_free_limit.absolute": "1GB",
  "log.console": "true",
  "log.console.level": "warning",
};

function configuration({ settings }: Image): string {
  return Object.entries({ ...SETTINGS, ...settings })
    .map(([name, value]) => `${name} = ${value}\n`)
    .join("");
}

/** The broker's accounts, their permissions, and what it forgets, in its own terms. */
function definitionsFile(secrets: StoredSecrets): string {
  const vhost = RABBITMQ_VIRTUAL_HOST;
  const definitions = {
    vhosts: [{ name: vhost }],
    users: [
      ...RABBITMQ_USER_NAMES.map((name) => ({ name, password: secrets(rabbitMqPasswordPath(name)).value, tags: [] })),
      { name: ADMINISTRATOR, password: secrets("rabbitmq/administrator-password").value, tags: ["administrator"] },
    ],
    permissions: [
      ...RABBITMQ_USER_NAMES.map((user) => ({ user, vhost, ...permissionsOf(user) })),
      { user: ADMINISTRATOR, vhost, configure: ".*", write: ".*", read: ".*" },
    ],
    policies: POLICIES.map((policy) => ({ vhost, "apply-to": "queues", ...policy })),
  };
  return Token.asString(Fn.jsonencode(definitions));
}

const { celery: CELERY_QUEUE, ...REQUEST_QUEUES } = QUEUES;

/** A queue has one policy: the one of the highest priority that its name matches. */
const POLICIES = [
  {
    name: "requests",
    pattern: `^(${Object.values(REQUEST_QUEUES).join("|")})$`,
    priority: 1,
    definition: { "message-ttl": REQUEST_LIFE.milliseconds, "max-length": LONGEST_QUEUE },
  },
  {
    name: "events",
    pattern: `^${EVENTS_EXCHANGE}-`,
    priority: 1,
    definition: {
      "message-ttl": REQUEST_LIFE.milliseconds,
      "max-length": LONGEST_QUEUE,
      expires: QUEUE_LIFE.milliseconds,
    },
  },
  {
    name: "tasks",
    pattern: `^${CELERY_QUEUE}$`,
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
