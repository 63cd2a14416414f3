import {
  brokerUrl,
  brokerUrlForPython,
  bucketsSection,
  celerySection,
  databaseSection,
  eventsSection,
  heardEventsSection,
  hostAndPort,
  objectStorageKey,
  objectStorageSection,
  redisSection,
  transportSection,
} from "../../../constructs/apps/sections";
import { applicationStack } from "../../support/applications";
import { storedValue } from "../../support/data";
import { environmentNamed, interpolated, resolved } from "../../support/testing";

const { stack, backing } = applicationStack();
const { environment } = stack;
const lan = environmentNamed("lan");

test("the queues are the environment's, whichever application asks", () => {
  expect(transportSection(environment)).toEqual({
    core_queue: "local-core",
    bot_queue: "local-bot",
    analytics_queue: "local-analytics",
    matchmaking_queue: "local-matchmaking",
    notification_queue: "local-notification",
    image_generation_queue: "local-image-generation",
    submission_queue: "local-submission",
  });
  expect(celerySection(lan)).toEqual({ "celery-queue": "lan-celery" });
});

test("events are the environment's too, and who hears them has a key of its own", () => {
  expect(eventsSection(lan)).toEqual({ events_queue: "lan-events" });
  expect(heardEventsSection(lan, "discord-bot")).toEqual({ events_queue: "lan-events", events_application_key: "bot" });
});

test.each([
  ["Node.js", brokerUrl, "sprocket?heartbeat=60&frameMax=8192"],
  ["Python", brokerUrlForPython, "sprocket?heartbeat=60"],
])("the broker's URL for %s has the account's password and what its library takes", (_, urlOf, path) => {
  const password = storedValue("rabbitmq/core-password");

  expect(resolved(stack, urlOf(backing, "core"))).toBe(
    interpolated(
      `format("amqp://%s:%s@%s/%s", "core", ${password}, format("%s:%s", "rabbitmq.test", 5672), "${path}")`,
    ),
  );
});

test("a host and its port are an expression", () => {
  expect(resolved(stack, hostAndPort(backing.redis))).toBe(interpolated('format("%s:%s", "redis.test", 6379)'));
});

test.each(["sprocket", "viewer"] as const)("the database is one, as %s sees it", (role) => {
  expect(databaseSection(backing, role)).toEqual({
    host: "postgres",
    port: 5432,
    username: role,
    database: "sprocket",
  });
});

test("keys in Redis begin with the environment's name", () => {
  expect(redisSection(backing, lan)).toEqual({ host: "redis.test", port: 6379, prefix: "lan", secure: false });
});

test.each([
  ["local", false],
  ["lan", true],
  ["production", true],
])("object storage on %s is encrypted: %s", (name, useSSL) => {
  expect(objectStorageSection(backing, environmentNamed(name), ["images", "replays"])).toEqual({
    endPoint: "s3.test",
    port: 9000,
    useSSL,
    bucketNames: { image_generation: "the-images", replays: "the-replays" },
  });
});

test("who only names buckets learns nothing else", () => {
  expect(bucketsSection(backing, ["images"])).toEqual({ bucketNames: { image_generation: "the-images" } });
});

test("a user's key to object storage is in two files", () => {
  expect(objectStorageKey("core")).toEqual({
    "/app/secret/minio-access.txt": "object-storage/core-access-key-id",
    "/app/secret/minio-secret.txt": "object-storage/core-secret-access-key",
  });
});
