import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { GIBIBYTE, gibibytes } from "./bytes";
import type { EngineFacts } from "./engine";
import type { Finding } from "./finding";

const SUBJECT = "disk";
const WARNING_BYTES = 5 * GIBIBYTE;
const FAILURE_BYTES = 2 * GIBIBYTE;

/** Asks how much space is left where Docker keeps its data, as far as that is on this machine. */
export async function diskFindings(
  { dataFolder }: Pick<EngineFacts, "dataFolder">,
  isHere: boolean,
): Promise<readonly Finding[]> {
  if (!isHere || !existsSync(dataFolder)) {
    return [{ subject: SUBJECT, state: "unknown", message: "could not ask: Docker's data is not on this machine" }];
  }
  const { bavail, bsize } = await statfs(dataFolder);
  return [diskFinding(dataFolder, bavail * bsize)];
}

/** Whether the space that is left will do. */
export function diskFinding(folder: string, freeBytes: number): Finding {
  const message = `${gibibytes(freeBytes)} are free at ${folder}`;
  if (freeBytes >= WARNING_BYTES) {
    return { subject: SUBJECT, state: "ok", message };
  }
  return {
    subject: SUBJECT,
    state: freeBytes < FAILURE_BYTES ? "failed" : "warning",
    message: `only ${message}; RabbitMQ takes no messages below 1 GB`,
    remedy: "free some; docker system df says what Docker uses, docker image prune deletes images that nobody uses",
  };
}
