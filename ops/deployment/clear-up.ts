import type { RunRecord } from "./run-record";
import { type Step, show } from "./steps";

const TITLE = "Clear up after a deploy that was cut off";

/** Waits for the Terraform of a deploy that was cut off, where there was one, and removes what it did not write down. */
export function clearUpStep(record: RunRecord, signal: AbortSignal): Step {
  return {
    title: TITLE,
    enabled: () => record.isLeftOver,
    task: async (_, step) => {
      show(step, "waits for its Terraform, which goes on by itself");
      const names = await record.clearUp(signal);
      step.title = `${TITLE}: removed ${names.length > 0 ? names.join(", ") : "nothing"}`;
    },
  };
}
