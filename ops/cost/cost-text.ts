import { plainTable } from "../plain-table";
import { ASSUMPTIONS } from "./assumptions";
import type { CostLine, Estimate } from "./estimate";
import { daysSince, oldestOf, type Price } from "./price";

const HEADER = ["$ A MONTH", "RESOURCE", "WHAT"];
const WHAT_WIDTH = 60;
const NOT_COUNTED =
  "Not counted: taxes, the domain's name, and what Docker Hub, Doppler, GitHub and Discord may ask for.";

/**
 * What a month costs, for people.
 *
 * @param environment its name
 */
export function costText(environment: string, estimate: Estimate, now: Date): string {
  const { lines, freeResources, dollars } = estimate;
  if (lines.length === 0) {
    return `${environment} costs nothing: nobody sends a bill for any of its ${freeResources} resources. Its machine is yours.`;
  }
  return [
    plainTable([HEADER, ...lines.map(row), [inDollars(dollars), "together", ""]], WHAT_WIDTH),
    `${freeResources} other resources cost nothing.\n`,
    "Assumed:",
    ...ASSUMPTIONS.map((assumption) => `- ${assumption}`),
    `\n${NOT_COUNTED}\n`,
    pricesText([...new Set(lines.map(({ price }) => price))], now),
  ].join("\n");
}

/** Dollars with their cents. */
export function inDollars(dollars: number): string {
  return dollars.toFixed(2);
}

function row({ dollars, addresses, what }: CostLine): string[] {
  return [inDollars(dollars), addresses.join("\n"), what];
}

function pricesText(prices: readonly Price[], now: Date): string {
  const second = prices.filter(({ readBy }) => readBy === "others").length;
  const oldest = oldestOf(prices);
  const age =
    oldest === undefined
      ? []
      : [
          `The oldest price is ${daysSince(oldest, now)} days old: ${oldest.what}, read on ${oldest.read} (${oldest.source}).`,
        ];
  return [
    ...age,
    `${second} of ${prices.length} prices are as others quoted the vendor's page. Where it counts, read that: docs/operations/cost.md has the links.`,
  ].join("\n");
}
