import type { DeclaredService } from "../declaration/declaration";
import { gibibytes } from "./bytes";
import type { EngineFacts } from "./engine";
import type { Finding } from "./finding";

/** How much of the limits the services can be expected to use at least. */
const LEAST_SHARE = 0.5;

/** Whether the engine's machine has the memory that the services may use together. */
export function memoryFinding(
  services: readonly Pick<DeclaredService, "limits" | "replicas">[],
  { memoryBytes }: Pick<EngineFacts, "memoryBytes">,
): Finding {
  const subject = "memory";
  if (Number.isNaN(memoryBytes)) {
    return { subject, state: "unknown", message: "could not ask: Docker does not say how much memory it has" };
  }
  const limit = services
    .map(({ limits, replicas }) => limits.memoryBytes * (replicas === "global" ? 1 : replicas))
    .reduce((sum, bytes) => sum + bytes, 0);
  const says = `the services may use ${gibibytes(limit)} together, and Docker has ${gibibytes(memoryBytes)}`;
  if (limit <= memoryBytes) {
    return { subject, state: "ok", message: says };
  }
  return {
    subject,
    state: limit * LEAST_SHARE > memoryBytes ? "failed" : "warning",
    message: says,
    remedy: "give Docker more memory, or deploy fewer layers",
  };
}
