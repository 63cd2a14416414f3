import type { AnyApplicationName } from "../applications";
import { REDIS_PASSWORD_FILE } from "../data/redis";
import { RESERVED_PORTS } from "../reserved-ports";
import type { Environment } from "../schema";
import { applicationImages } from "./applications";
import type { Entry } from "./entry";
import type { Image } from "./image";
import { locked } from "./lock";
import { observabilityEntries } from "./observability";

const entries = {
  traefik: {
    registry: "docker.io",
    repository: "library/traefik",
    tag: "v3.7.14",
    why: "Only the newest minor is supported, and this patch carries security fixes.",
    architectures: "unknown",
    user: { uid: 0, gid: 0 },
    capabilities: [],
    writablePaths: [],
    healthCommand: ["CMD-SHELL", `wget -q -O /dev/null http://127.0.0.1:${RESERVED_PORTS.internal}/ping`],
    hasShell: true,
    everRun: false,
  },
  socketProxy: {
    registry: "docker.io",
    repository: "tecnativa/docker-socket-proxy",
    tag: "v0.5.0",
    why: "One switch per section of the Docker API, all off unless set (docs/decisions/0007-socket-proxy.md).",
    architectures: "unknown",
    user: { uid: 0, gid: 0 },
    capabilities: [],
    // Its configuration is rendered into /tmp, and HAProxy writes its process id to /run.
    writablePaths: ["/run", "/tmp"],
    healthCommand: ["CMD-SHELL", "wget -q -O /dev/null http://127.0.0.1:2375/_ping"],
    hasShell: true,
    everRun: false,
  },
  vault: {
    registry: "docker.io",
    repository: "hashicorp/vault",
    tag: "2.1.2",
    why: "The newest release; its licence (BUSL-1.1) allows running it for one's own use.",
    architectures: "unknown",
    user: { uid: 100, gid: 1000 },
    capabilities: [],
    // The image declares it a volume, and each container would leave one without a name behind.
    writablePaths: ["/vault/logs"],
    // A sealed Vault is healthy: Swarm must leave it alone, people are told by an alert.
    healthCommand: [
      "CMD-SHELL",
      "wget -q -O /dev/null 'http://127.0.0.1:8200/v1/sys/health?uninitcode=200&sealedcode=200&standbyok=true'",
    ],
    hasShell: true,
    everRun: false,
  },
  oauth2Proxy: {
    registry: "quay.io",
    repository: "oauth2-proxy/oauth2-proxy",
    tag: "v7.15.4-alpine",
    why: "The default image has nothing that could run a health check; this variant has a shell and wget.",
    architectures: "unknown",
    user: { uid: 65532, gid: 65532 },
    capabilities: [],
    writablePaths: [],
    healthCommand: ["CMD-SHELL", "wget -q -O /dev/null http://127.0.0.1:4180/ping"],
    hasShell: true,
    everRun: false,
  },
  redis: {
    registry: "docker.io",
    repository: "library/redis",
    tag: "8.10.2-alpine",
    why: "Since 8 it has JSON documents built in; under its AGPLv3 licence it may be run as it is.",
    architectures: ["amd64", "arm64"],
    user: { uid: 999, gid: 1000 },
    capabilities: [],
    writablePaths: [],
    // In the environment of one command, not in an argument.
    healthCommand: [
      "CMD-SHELL",
      `REDISCLI_AUTH=$(cut -d ' ' -f 2 ${REDIS_PASSWORD_FILE}) redis-cli ping | grep -q PONG`,
    ],
    files: { jsonModule: "/usr/local/lib/redis/modules/rejson.so" },
    hasShell: true,
    everRun: false,
  },
  rabbitmq: {
    registry: "docker.io",
    repository: "library/rabbitmq",
    tag: "4.3.5-management-alpine",
    why: "The one minor with community support; the applications' clients work with it (docs/decisions/0021-rabbitmq-version.md).",
    architectures: "unknown",
    user: { uid: 100, gid: 101 },
    capabilities: [],
    writablePaths: [],
    // Its metrics answer, and it listens for AMQP (5672 is 1628 to the kernel): its own check takes seconds of a processor.
    healthCommand: [
      "CMD-SHELL",
      "wget -q -O /dev/null http://127.0.0.1:15692/metrics && grep -q ':1628 .*:0000 0A ' /proc/net/tcp /proc/net/tcp6",
    ],
    settings: {
      // The applications' event queues and Celery's control queues are such, and Celery asks for the other.
      "deprecated_features.permit.transient_nonexcl_queues": "true",
      "deprecated_features.permit.global_qos": "true",
    },
    hasShell: true,
    everRun: false,
  },
  postgres: {
    registry: "docker.io",
    repository: "library/postgres",
    tag: "17.11-alpine",
    why: "The managed cluster's major version (config/data/postgres.ts); no digest of 17.12, which mends more, is known yet.",
    architectures: "unknown",
    user: { uid: 70, gid: 70 },
    capabilities: [],
    writablePaths: [],
    healthCommand: ["CMD", "pg_isready", "-q", "-h", "127.0.0.1"],
    hasShell: true,
    everRun: false,
  },
  pgbouncer: {
    registry: "docker.io",
    repository: "edoburu/pgbouncer",
    tag: "v1.26.0-p0",
    why: "The newest that is known to be there; constructs/data/pgbouncer.ts works around what 1.26.1 mends.",
    architectures: "unknown",
    user: { uid: 70, gid: 70 },
    capabilities: [],
    writablePaths: [],
    // That it answers, and not that the cluster does: restarting it would not help. It complains of users that it does not know.
    healthCommand: ["CMD", "pg_isready", "-q", "-h", "127.0.0.1", "-U", "sprocket"],
    hasShell: true,
    everRun: false,
  },
  s3: {
    registry: "docker.io",
    repository: "versity/versitygw",
    tag: "v1.8.0",
    why: "A maintained S3 server of one small process, for where there is no cloud; MinIO's community edition has ended.",
    architectures: "unknown",
    user: { uid: 0, gid: 0 },
    capabilities: [],
    writablePaths: ["/tmp"],
    healthCommand: ["CMD-SHELL", "wget -q -O /dev/null http://127.0.0.1:7070/health"],
    hasShell: true,
    everRun: false,
  },
  influxdb: {
    registry: "docker.io",
    repository: "library/influxdb",
    tag: "2.9.1-alpine",
    why: "The applications write by version 2's API, which version 3 has not; this is its newest.",
    architectures: ["amd64", "arm64"],
    user: { uid: 1000, gid: 1000 },
    capabilities: [],
    // The image declares its configuration's folder a volume.
    writablePaths: ["/etc/influxdb2"],
    healthCommand: ["CMD-SHELL", "curl -fs -o /dev/null http://127.0.0.1:8086/health"],
    hasShell: true,
    everRun: false,
  },
  node: {
    registry: "docker.io",
    repository: "library/node",
    tag: "24.18.0-alpine",
    why: "Runs the tasks that talk to HTTP APIs; version 24 is supported until 2028.",
    architectures: ["amd64", "arm64"],
    user: { uid: 1000, gid: 1000 },
    capabilities: [],
    writablePaths: [],
    healthCommand: ["CMD", "true"],
    hasShell: true,
    everRun: false,
  },
  ...observabilityEntries,
} as const satisfies Record<string, Entry>;

/** The name of an image in the catalogue. */
export type ImageKey = keyof typeof entries | AnyApplicationName;

/** Every image that the stacks run, by key. */
export type ImageCatalogue = Readonly<Record<ImageKey, Image>>;

/**
 * What others make, as committed: exact tags, with their digests from `lock.json`.
 */
export const imageCatalogue = Object.fromEntries(
  Object.entries<Entry>(entries).map(([key, { registry, repository, tag, ...facts }]) => [
    key,
    { ...facts, reference: locked(`${registry}/${repository}:${tag}`) },
  ]),
) as Readonly<Record<keyof typeof entries, Image>>;

/**
 * The images of an environment: what others make, and the applications of its release.
 *
 * @throws FaultsError when `releases.json` is not as it should be
 */
export function imagesOf({ name }: Pick<Environment, "name">): ImageCatalogue {
  return { ...imageCatalogue, ...applicationImages(name) };
}
