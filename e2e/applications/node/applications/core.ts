import type { Given } from "../contract/given";
import { Bucket } from "../services/bucket";
import { reportBucket } from "../services/bucket-report";
import { Events } from "../services/events";
import { listen } from "../services/http";
import { poolOf, reached, sslOf } from "../services/postgres";
import { cacheRedis, mainRedis } from "../services/redis";
import { complain } from "../services/report";
import { RpcClient } from "../services/rpc-client";
import { answerQuestions } from "../services/rpc-server";
import type { Application } from "./application";
import { coreRoutes } from "./core-routes";
import { PATTERNS } from "./messages";

const PORT = 3001;
const EXIT_FAILURE = 1;

/** The API: it needs everything, and opens its port when it has everything. */
export const core: Application = {
  entry: "/app/core/dist/main.js",
  start,
  whenStartFails: "stays",
  withoutLogLevels: "stays",
};

async function start(given: Given): Promise<void> {
  const pool = poolOf({
    host: given.text("db.host"),
    port: given.number("db.port"),
    user: given.text("db.username"),
    password: given.secret("db-password.txt"),
    database: given.text("db.database"),
    ssl: sslOf(given.text("db.host")),
  });
  await reached(pool).catch((error: unknown) => {
    complain("core ends without its database", error);
    process.exit(EXIT_FAILURE);
  });
  const url = given.text("transport.url");
  let events: Events | undefined;
  await answerQuestions(url, given.text("transport.core_queue"), {
    [PATTERNS.countHeard]: () => events?.heard,
  });
  events = await Events.connect(url, given.text("transport.events_queue"), {
    key: given.text("transport.events_application_key"),
    shared: ["submission.ratified"],
    own: ["scrim.*", "submission.*", "member.*", "scrims.disabled"],
  });
  const replays = Bucket.of(given, "replays");
  const redis = await mainRedis(given);
  const cache = await cacheRedis(given);
  void reportBucket(replays, "write");
  const routes = coreRoutes({ given, pool, redis, cache, replays, events, rpc: new RpcClient(url) });
  listen({ port: PORT, routes, healthPath: "/graphql" });
}
