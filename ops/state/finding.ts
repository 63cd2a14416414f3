import type { Reported } from "../report";

/** What was found out, or changed, about where states are kept. */
export interface StateFinding extends Reported {
  readonly state: "ok" | "changed" | "warning" | "failed";
}
