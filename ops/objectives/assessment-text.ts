import { SLOW_SECONDS } from "../../config/objectives";
import { RETENTION_DAYS } from "../../constructs/observability/prometheus";
import type { Indicator } from "../../constructs/observability/rules/monthly-figures";
import { plainTable } from "../plain-table";
import type { Assessment, Objective } from "./assessment";

const HEADER = ["OBJECTIVE", "TARGET", "MEASURED", "IN", "VERDICT"];
const VERDICT_WIDTH = 12;
const SECONDS_PER_HOUR = 3_600;
const WORDS: Readonly<Record<Indicator, string>> = {
  probes: "Probes that succeed",
  requests: "Requests without a server error",
  latency: `Answers within ${SLOW_SECONDS} s`,
};

/**
 * How a month went, for people.
 *
 * @param environment its name
 */
export function assessmentText(environment: string, assessment: Assessment): string {
  const { month, over, objectives } = assessment;
  return objectives.every(({ measured }) => measured === null)
    ? nothingMeasured(environment, assessment)
    : [
        `${environment} in ${month}${over ? "" : " so far"}:\n`,
        plainTable([HEADER, ...objectives.map((objective) => row(objective, assessment))], VERDICT_WIDTH),
        budgetText(assessment),
        ...gapText(assessment),
      ].join("\n");
}

function nothingMeasured(environment: string, { month, over }: Assessment): string {
  return `Prometheus has no measurement of ${environment} in ${month}${over ? "" : " yet"}. It measures while it runs, and keeps ${RETENTION_DAYS} days.`;
}

function row({ indicator, target, measured, unmeasuredSeconds, met }: Objective, { seconds }: Assessment): string[] {
  const hours = hoursOf(seconds);
  return [
    WORDS[indicator],
    percent(target),
    measured === null ? "nothing" : percent(measured),
    `${decimal(hours - hoursOf(unmeasuredSeconds))} of ${decimal(hours)} h`,
    measured === null ? "not measured" : met ? "met" : "not met",
  ];
}

function budgetText({ month, errorBudget: { minutes, spentMinutes } }: Assessment): string {
  const budget = `Error budget: in all of ${month}, ${decimal(minutes)} minutes may fail.`;
  if (spentMinutes === null) {
    return `${budget} Nobody knows how many are spent.`;
  }
  const left = minutes - spentMinutes;
  const rest = left >= 0 ? `${decimal(left)} are left` : `${decimal(-left)} too many`;
  return `${budget} ${decimal(spentMinutes)} are spent (${decimal((100 * spentMinutes) / minutes)} %), ${rest}.`;
}

function gapText({ objectives }: Assessment): readonly string[] {
  const hours = objectives.map(({ unmeasuredSeconds }) => hoursOf(unmeasuredSeconds));
  const longest = Math.max(...hours);
  if (longest === 0) {
    return [];
  }
  const alike = hours.every((one) => one === longest);
  return [`${alike ? "" : "Up to "}${decimal(longest)} h have no measurement, and are in none of these figures.`];
}

/** In tenths, so that the few seconds of a restart are no gap. */
function hoursOf(seconds: number): number {
  return Math.round((10 * seconds) / SECONDS_PER_HOUR) / 10;
}

function decimal(value: number): string {
  return value.toFixed(1).replace(/\.0$/, "");
}

/** Never more than it is: 99.8999 % is not 99.9 %. */
function percent(share: number): string {
  return `${Math.floor(Number((share * 100_000).toPrecision(12))) / 1_000} %`;
}
