import { IN_TIME, SLOW_SECONDS } from "../../../config/objectives";
import { answeredWithin, failing, requests } from "./expressions";
import { chart, type Panel, stat, timeline } from "./panel";

/** How much public hosts are asked now, given what selects them. */
export function publicRequests(selector: string, more?: string): Panel {
  return stat("Requests", {
    description: "To public hosts, with the status page's own.",
    unit: "reqps",
    queries: { requests: requests(selector) },
    more,
  });
}

/** How many of the requests to public hosts fail now. */
export function publicFailing(selector: string, more?: string): Panel {
  return stat("Answered with an error", {
    description: "The share of the requests to public hosts whose answer had a status of 500 or above.",
    unit: "percentunit",
    limits: { above: { orange: 0.01, red: 0.1 } },
    queries: { failed: failing(selector) },
    more,
  });
}

/** Within which time a share of the requests to public hosts is answered now. */
export function publicAnsweredWithin(share: number, selector: string, more?: string): Panel {
  return stat(`${100 * share} % answered within`, {
    description: "Of the requests to public hosts in the last minutes.",
    unit: "s",
    // The objective is about no more of them.
    limits: share > IN_TIME ? undefined : { above: { orange: SLOW_SECONDS } },
    queries: { time: answeredWithin(share, selector) },
    more,
  });
}

/** Which hosts answered as they should, and when they did not. */
export function probes(): Panel {
  return timeline("Probes", {
    description:
      "The status page asks each host twice a minute, public ones as a browser does. Red is an answer that was not as it should be, or none.",
    queries: { "{{name}}": "max by (name) (gatus_results_endpoint_success)" },
  });
}

/** How long hosts took to answer the status page. */
export function probeDurations(): Panel {
  return chart("Time that probes took", {
    unit: "s",
    queries: { "{{name}}": "max by (name) (gatus_results_duration_seconds)" },
  });
}
