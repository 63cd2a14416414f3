import { AVAILABILITY, IN_TIME, MAY_BE_SLOW, MAY_FAIL, PERIOD_DAYS, SLOW_SECONDS } from "../../../config/objectives";
import { FAILED_PROBES, FAILED_REQUESTS, SLOW_REQUESTS, TOO_FAST } from "../rules/objectives";
import type { DashboardSource } from "./dashboard";
import { budgetLeft, overPeriod } from "./expressions";
import { availability, errorBudget, HOURS_ARE_EQUAL } from "./objective-panels";
import { chart, type Panel, stat } from "./panel";

/** Whether Sprocket keeps what it promises. */
export const objectives: DashboardSource = {
  uid: "objectives",
  title: "Objectives",
  description: `Whether Sprocket keeps what it promises: ${percent(AVAILABILITY)} of what is asked is answered as it should, and ${percent(IN_TIME)} of the answers take less than ${SLOW_SECONDS} s, over ${PERIOD_DAYS} days.`,
  period: "7d",
  sections: () => [
    {
      heading: `The last ${PERIOD_DAYS} days`,
      lines: [
        [
          availability("Availability by probes", FAILED_PROBES, "Of the status page's questions to public hosts."),
          availability("Availability by requests", FAILED_REQUESTS, "Of what people asked public hosts."),
          errorBudget("Error budget left by probes", FAILED_PROBES),
          errorBudget("Error budget left by requests", FAILED_REQUESTS),
          stat("Answered in time", {
            description: `Answers of public hosts within ${SLOW_SECONDS} s. ${HOURS_ARE_EQUAL}`,
            unit: "percentunit",
            limits: { below: { red: IN_TIME } },
            queries: { share: `1 - ${overPeriod(SLOW_REQUESTS)}` },
          }),
        ],
        [
          chart("Error budget left", {
            description: "At 0 the objective is missed. What was spent comes back as it becomes older than the period.",
            unit: "percentunit",
            limits: { below: { red: 0 } },
            queries: { probes: budgetLeft(FAILED_PROBES), requests: budgetLeft(FAILED_REQUESTS) },
          }),
          chart("Answered too slowly", {
            description: `The share of the answers in an hour that took longer than ${SLOW_SECONDS} s.`,
            unit: "percentunit",
            limits: { above: { red: MAY_BE_SLOW } },
            queries: { "in an hour": `${SLOW_REQUESTS}1h` },
          }),
        ],
      ],
    },
    {
      heading: "How fast the error budget is spent",
      lines: [Object.entries(TOO_FAST).map(([window, fast]) => burning(window, fast))],
    },
  ],
};

function burning(window: string, fast: number): Panel {
  const speed = (record: string) => `${record}${window} / ${MAY_FAIL}`;
  return chart(`In ${window}`, {
    description: `At 1 the whole budget is spent in ${PERIOD_DAYS} days; alerts count it as fast from ${fast}.`,
    unit: "short",
    limits: { above: { red: fast } },
    queries: { probes: speed(FAILED_PROBES), requests: speed(FAILED_REQUESTS) },
  });
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(6))} %`;
}
