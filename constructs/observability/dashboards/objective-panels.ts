import { AVAILABILITY, PERIOD_DAYS } from "../../../config/objectives";
import { budgetLeft, overPeriod } from "./expressions";
import { type Panel, stat } from "./panel";

/** How a figure over the period comes about. */
export const HOURS_ARE_EQUAL = `The mean of all hours of the last ${PERIOD_DAYS} days, or of those since measuring began.`;

/** The share of what was asked that was answered as it should be, by a recorded share of what was not. */
export function availability(title: string, record: string, what: string, more?: string): Panel {
  return stat(title, {
    description: `${what} ${HOURS_ARE_EQUAL}`,
    unit: "percentunit",
    limits: { below: { red: AVAILABILITY } },
    decimals: 3,
    queries: { availability: `1 - ${overPeriod(record)}` },
    more,
  });
}

/** The share of what may fail that has not failed yet. */
export function errorBudget(title: string, record: string, more?: string): Panel {
  return stat(title, {
    description: "What may still fail until the objective is missed, as a share of all that may. Below 0 it is missed.",
    unit: "percentunit",
    limits: { below: { orange: 0.25, red: 0 } },
    queries: { left: budgetLeft(record) },
    more,
  });
}
