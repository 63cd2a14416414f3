import { Fn } from "cdktf";
import type { BucketName, BucketUserName } from "../../config/data/object-storage";
import { DATABASE_ROLES, type DatabaseRoleName } from "../../config/data/postgres";
import {
  brokerNames,
  type EventHearerName,
  RABBITMQ_USERS,
  RABBITMQ_VIRTUAL_HOST,
  type RabbitMqUserName,
} from "../../config/data/rabbitmq";
import { isEncrypted } from "../../config/hosts";
import type { Environment } from "../../config/schema";
import type { SecretPath } from "../../config/secrets/catalogue";
import { accessKeyIdPath, rabbitMqPasswordPath, secretAccessKeyPath } from "../../config/secrets/platform-secrets";
import type { Address, Backing } from "./backing";

/** How often both sides of a connection to the broker make sure of each other. Some applications know no other setting. */
const HEARTBEAT = "heartbeat=60";
/** The applications' library offers less than the broker takes, unless it is told. */
const FRAME_SIZE = "frameMax=8192";

/** Queues by which the applications reach each other, in their common library's terms. */
export function transportSection(environment: Environment) {
  const { queues } = brokerNames(environment);
  return {
    core_queue: queues.core,
    bot_queue: queues.bot,
    analytics_queue: queues.analytics,
    matchmaking_queue: queues.matchmaking,
    notification_queue: queues.notification,
    image_generation_queue: queues["image-generation"],
    submission_queue: queues.submission,
  };
}

/** The exchange of events, for an application that only tells some. */
export function eventsSection(environment: Environment) {
  return { events_queue: brokerNames(environment).events };
}

/** The exchange of events, and what the queues by which an application hears them are called. */
export function heardEventsSection(environment: Environment, user: EventHearerName) {
  return { ...eventsSection(environment), events_application_key: RABBITMQ_USERS[user].eventKey };
}

/** The queue of replays to parse. */
export function celerySection(environment: Environment) {
  return { "celery-queue": brokerNames(environment).queues.celery };
}

/** The broker's URL for a program of Node.js, with the account's password. */
export function brokerUrl(backing: Backing, user: RabbitMqUserName): string {
  return brokerUrlWith(backing, user, `${HEARTBEAT}&${FRAME_SIZE}`);
}

/** The broker's URL for a program of Python, which takes no other parameter. */
export function brokerUrlForPython(backing: Backing, user: RabbitMqUserName): string {
  return brokerUrlWith(backing, user, HEARTBEAT);
}

function brokerUrlWith({ rabbitmq, secrets }: Backing, user: RabbitMqUserName, parameters: string): string {
  const { value: password } = secrets(rabbitMqPasswordPath(user));
  const path = `${RABBITMQ_VIRTUAL_HOST}?${parameters}`;
  return Fn.format("amqp://%s:%s@%s/%s", [user, password, hostAndPort(rabbitmq), path]);
}

/** A server's host and port, as an expression: in a document, cdktf takes no text with references in it. */
export function hostAndPort({ host, port }: Address): string {
  return Fn.format("%s:%s", [host, port]);
}

/** The database, as a role sees it. */
export function databaseSection({ postgres: { host, port } }: Backing, role: DatabaseRoleName) {
  return { host, port, username: role, database: DATABASE_ROLES[role].database };
}

/** Redis. What begins every key must be the same in all applications. */
export function redisSection({ redis: { host, port } }: Backing, { name }: Environment) {
  return { host, port, prefix: name, secure: false };
}

/** Object storage, with the buckets that an application uses by its own names. */
export function objectStorageSection(
  { objectStorage }: Backing,
  environment: Environment,
  buckets: readonly BucketName[],
) {
  const { host: endPoint, port } = objectStorage;
  return { endPoint, port, useSSL: isEncrypted(environment), ...bucketsSection({ objectStorage }, buckets) };
}

/** The two halves of a user's key to object storage, where applications read them. */
export function objectStorageKey(user: BucketUserName): Readonly<Record<string, SecretPath>> {
  return {
    "/app/secret/minio-access.txt": accessKeyIdPath(user),
    "/app/secret/minio-secret.txt": secretAccessKeyPath(user),
  };
}

/** The buckets alone, for an application that only names them. */
export function bucketsSection({ objectStorage }: Pick<Backing, "objectStorage">, buckets: readonly BucketName[]) {
  return { bucketNames: Object.fromEntries(buckets.map((name) => [BUCKET_KEYS[name], objectStorage.buckets[name]])) };
}

const BUCKET_KEYS: Readonly<Record<BucketName, string>> = {
  images: "image_generation",
  replays: "replays",
  backups: "backups",
};
