import type { Given } from "../contract/given";
import { Bucket } from "../services/bucket";
import { reportBucket } from "../services/bucket-report";
import { signInToDiscord } from "../services/discord";
import { Events } from "../services/events";
import { answerQuestions } from "../services/rpc-server";
import type { Application } from "./application";
import { type ImageMessage, PATTERNS } from "./messages";

/** The bot. It goes to Discord first: without the broker it is there, and deaf. */
export const discordBot: Application = {
  entry: "/app/clients/discord-bot/dist/main.js",
  start,
  whenStartFails: "stays",
  withoutLogLevels: "ends as if all were well",
};

async function start(given: Given): Promise<void> {
  await signInToDiscord();
  const images = Bucket.of(given, "image_generation");
  const url = given.text("transport.url");
  const events = await Events.connect(url, given.text("transport.events_queue"), {
    key: given.text("transport.events_application_key"),
    shared: ["player.skillGroupChanged", "player.teamChanged"],
  });
  await answerQuestions(url, given.text("transport.bot_queue"), {
    [PATTERNS.deliverImage]: async ({ key }: ImageMessage) => ({ bytes: (await images.get(key)).length }),
    [PATTERNS.countHeard]: () => events.heard,
  });
  void reportBucket(images, "read");
}
