import type { Given } from "../contract/given";
import { Events } from "../services/events";
import { mainRedis, storedDocument } from "../services/redis";
import { RpcClient } from "../services/rpc-client";
import { answerQuestions } from "../services/rpc-server";
import type { Application } from "./application";
import { type ImageMessage, PATTERNS } from "./messages";

/** What tells people, by way of the bot. */
export const notificationService: Application = {
  entry: "/app/microservices/notification-service/dist/main.js",
  start,
  whenStartFails: "ends",
};

async function start(given: Given): Promise<void> {
  const redis = await mainRedis(given);
  const url = given.text("transport.url");
  const events = await Events.connect(url, given.text("transport.events_queue"), {
    key: given.text("transport.events_application_key"),
    shared: [
      "match.saved",
      "member.restrictionCreated",
      "player.skillGroupChanged",
      "scrim.created",
      "scrim.popped",
      "scrim.started",
      "scrim.saved",
      "submission.ratifying",
      "submission.rejected",
    ],
  });
  const rpc = new RpcClient(url);
  await answerQuestions(url, given.text("transport.notification_queue"), {
    [PATTERNS.notify]: async (image: ImageMessage) => {
      const key = `${given.text("redis.prefix")}:notification:${image.key}`;
      const notification = await storedDocument(redis, key, { ...image, link: given.text("web.url") });
      const delivered = await rpc.ask(given.text("transport.bot_queue"), PATTERNS.deliverImage, image);
      return { notification, delivered };
    },
    [PATTERNS.countHeard]: () => events.heard,
  });
}
