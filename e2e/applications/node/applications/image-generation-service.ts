import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import type { Given } from "../contract/given";
import { Bucket } from "../services/bucket";
import { reportBucket } from "../services/bucket-report";
import { answerQuestions } from "../services/rpc-server";
import type { Application } from "./application";
import { type ImageMessage, PATTERNS } from "./messages";

const FONT_CACHE = "/app/fonts/temp";
const IMAGE = '<svg xmlns="http://www.w3.org/2000/svg"/>';

/** What draws images. It waits for the broker for ever, and comes back to it. */
export const imageGenerationService: Application = {
  entry: "/app/microservices/image-generation-service/dist/main.js",
  start,
  whenStartFails: "stays",
};

async function start(given: Given): Promise<void> {
  const images = Bucket.of(given, "image_generation");
  void reportBucket(images, "read, write");
  await answerQuestions(given.text("transport.url"), given.text("transport.image_generation_queue"), {
    [PATTERNS.generateImage]: async (): Promise<ImageMessage> => {
      // The application keeps the fonts of a template there.
      mkdirSync(FONT_CACHE, { recursive: true });
      writeFileSync(`${FONT_CACHE}/font`, "");
      const key = `outputs/${randomUUID()}.svg`;
      await images.put(key, IMAGE, "image/svg+xml");
      return { key };
    },
  });
}
