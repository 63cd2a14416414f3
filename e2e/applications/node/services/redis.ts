import { Redis, type RedisOptions } from "ioredis";
import type { Given } from "../contract/given";
import { complain, report } from "./report";

/** The database of an application's own documents and queues. */
export function mainRedis(given: Given): Promise<Redis> {
  return connected({ ...addressOf(given, "redis"), password: given.secret("redis-password.txt"), db: 0 });
}

/** The database of what the API remembers for a while; by default it is on the same server. */
export function cacheRedis(given: Given): Promise<Redis> {
  const cache = addressOf(given, "cache");
  const main = addressOf(given, "redis");
  return connected({
    host: cache.host || main.host,
    port: cache.port || main.port,
    tls: cache.tls ?? main.tls,
    password: given.secret(given.hasSecret("cache-password.txt") ? "cache-password.txt" : "redis-password.txt"),
    db: 13,
  });
}

/** The database of Celery's results, by a URL in which the password is not escaped, as in the application. */
export function celeryRedis(given: Given): Promise<Redis> {
  const { host, port, tls } = addressOf(given, "redis");
  const url = `${tls ? "rediss" : "redis"}://:${given.secret("redis-password.txt")}@${host}:${port}/0`;
  return opened(new Redis(url, { tls, lazyConnect: true }), `${host}:${port}/0`);
}

/** Writes a document and reads it back, which takes the module for JSON. */
export async function storedDocument(redis: Redis, key: string, document: unknown): Promise<unknown> {
  await redis.call("JSON.SET", key, "$", JSON.stringify(document));
  return readDocument(redis, key);
}

/** Reads a document. */
export async function readDocument(redis: Redis, key: string): Promise<unknown> {
  return JSON.parse(String(await redis.call("JSON.GET", key)));
}

function addressOf(given: Given, section: "redis" | "cache") {
  const host = given.text(`${section}.host`);
  return {
    host,
    port: given.number(`${section}.port`),
    tls: given.flag(`${section}.secure`) ? { servername: host } : undefined,
  };
}

function connected(options: RedisOptions): Promise<Redis> {
  return opened(new Redis({ ...options, lazyConnect: true }), `${options.host}:${options.port}/${options.db}`);
}

/** @throws Error when it cannot be reached at once; later losses it survives */
async function opened(redis: Redis, where: string): Promise<Redis> {
  let reason: unknown;
  redis.on("error", (error) => {
    reason = error;
    complain(`Redis at ${where}`, error);
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    redis.disconnect();
    throw reason ?? error;
  }
  report(`connected to Redis at ${where}`);
  return redis;
}
