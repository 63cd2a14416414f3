import type { EngineFacts } from "./engine";
import type { Finding } from "./finding";

const WARNING_SECONDS = 5;
const FAILURE_SECONDS = 60;

/** Whether this machine's clock and the engine's agree; certificates and tokens are good for a time only. */
export function clockFinding({ aheadSeconds }: Pick<EngineFacts, "aheadSeconds">): Finding {
  const subject = "clock";
  if (Number.isNaN(aheadSeconds)) {
    return { subject, state: "unknown", message: "could not ask: Docker does not say what time it is" };
  }
  const seconds = Math.round(Math.abs(aheadSeconds));
  if (seconds <= WARNING_SECONDS) {
    return { subject, state: "ok", message: `Docker's clock is within ${WARNING_SECONDS} s of this machine's` };
  }
  return {
    subject,
    state: seconds > FAILURE_SECONDS ? "failed" : "warning",
    message: `Docker's clock is ${seconds} s ${aheadSeconds > 0 ? "ahead of" : "behind"} this machine's`,
    remedy:
      "have both machines set their clocks by NTP; restart Docker Desktop, whose clock stops while a laptop sleeps",
  };
}
