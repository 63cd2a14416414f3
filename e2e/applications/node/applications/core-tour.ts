import { VERSION } from "../services/version";
import type { CoreConnections } from "./core-round-trip";
import { type ImageMessage, PATTERNS } from "./messages";

/** Has something done by the services that no replay passes through. */
export async function tour({ given, rpc }: CoreConnections) {
  const scrim = await rpc.ask(given.text("transport.matchmaking_queue"), PATTERNS.createScrim, {});
  const image = await rpc.ask<ImageMessage>(given.text("transport.image_generation_queue"), PATTERNS.generateImage, {});
  const delivered = await rpc.ask(given.text("transport.notification_queue"), PATTERNS.notify, image);
  return { scrim, image, delivered, version: VERSION };
}
