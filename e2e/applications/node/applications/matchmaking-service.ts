import { randomUUID } from "node:crypto";
import type { Given } from "../contract/given";
import { Events } from "../services/events";
import { mainRedis, storedDocument } from "../services/redis";
import { RpcClient } from "../services/rpc-client";
import { answerQuestions } from "../services/rpc-server";
import type { Application } from "./application";
import { PATTERNS } from "./messages";

/** What keeps scrims, in Redis and nowhere else. */
export const matchmakingService: Application = {
  entry: "/app/microservices/matchmaking-service/dist/main.js",
  start,
  whenStartFails: "ends",
};

async function start(given: Given): Promise<void> {
  const redis = await mainRedis(given);
  const url = given.text("transport.url");
  const events = await Events.connect(url, given.text("transport.events_queue"), {
    key: given.text("transport.events_application_key"),
    shared: ["submission.*", "scrim.saved"],
  });
  const rpc = new RpcClient(url);
  await answerQuestions(url, given.text("transport.matchmaking_queue"), {
    [PATTERNS.createScrim]: async () => {
      const id = randomUUID();
      const scrim = await storedDocument(redis, `${given.text("redis.prefix")}:scrim:${id}`, { id });
      events.tell("scrim.created", { id });
      await rpc.tell(given.text("transport.analytics_queue"), PATTERNS.analytics, { name: "scrimCreated" });
      return scrim;
    },
    [PATTERNS.countHeard]: () => events.heard,
  });
}
