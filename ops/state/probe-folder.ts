import { randomUUID } from "node:crypto";

/** What the keys of all that probes write begin with. */
export const PROBE_FOLDER = "ops-probe/";

/** A new folder for what a probe writes. */
export function newProbeFolder(): string {
  return `${PROBE_FOLDER}${randomUUID()}/`;
}
