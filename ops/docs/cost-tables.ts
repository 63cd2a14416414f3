import { selectEnvironments } from "../../config/environments";
import { imagesOf } from "../../config/images/catalogue";
import type { Cloud, Environment } from "../../config/schema";
import { Foundation } from "../../stacks/foundation";
import { ASSUMPTIONS } from "../cost/assumptions";
import { BILLING, FREE_PROVIDERS } from "../cost/catalogue";
import { inDollars } from "../cost/cost-text";
import { type Estimate, estimateOf, synthesisedLayers } from "../cost/estimate";
import { ALL_PRICES } from "../cost/prices";
import { Declaration } from "../declaration/declaration";
import { inMemory } from "../declaration/in-memory";
import { code, prose, table } from "./markdown";

const NOTHING = "–";

/** What an environment with a cloud may be made, and what that is called. */
const CHANGES: readonly (readonly [string, (cloud: Cloud) => Partial<Cloud>])[] = [
  ["`droplet` is `s-4vcpu-8gb`", () => ({ droplet: "s-4vcpu-8gb" })],
  ["`managers` is 3", () => ({ managers: 3 })],
  ["one more of `workers`", ({ workers }) => ({ workers: workers + 1 })],
  ["50 more of `volumeGibibytes`", ({ volumeGibibytes }) => ({ volumeGibibytes: volumeGibibytes + 50 })],
  ["`database.size` is `db-s-1vcpu-2gb`", ({ database }) => ({ database: { ...database, size: "db-s-1vcpu-2gb" } })],
  ["`database.size` is `db-s-2vcpu-4gb`", ({ database }) => ({ database: { ...database, size: "db-s-2vcpu-4gb" } })],
];

/** The parts about what a month costs, by their names. */
export function costTables(): Readonly<Record<string, string>> {
  const environments = selectEnvironments(undefined).filter(({ cloud }) => cloud !== undefined);
  return {
    months: monthsTable(environments),
    changes: changesTable(environments[0]),
    assumptions: ASSUMPTIONS.map((assumption) => `- ${prose(assumption)}`).join("\n"),
    prices: table(
      ["What", "$", "For one", "Read on", "By", "Where"],
      ALL_PRICES.map(({ what, dollars, unit, read, readBy, source }) => [
        what,
        String(dollars),
        unit,
        read,
        readBy,
        `[page](${source})`,
      ]),
    ),
    free: freeTable(),
  };
}

function monthsTable(environments: readonly Environment[]): string {
  const estimates = environments.map((environment) => estimateOf(synthesisedLayers(Declaration.of(environment))));
  const bought = [...new Set(estimates.flatMap(({ lines }) => lines.map(({ what }) => what)))];
  return table(
    ["What", ...environments.map(({ name }) => code(name))],
    [
      ...bought.map((what) => [what, ...estimates.map((estimate) => dollarsFor(what, estimate))]),
      ["**together**", ...estimates.map(({ dollars }) => `**${inDollars(dollars)}**`)],
    ],
  );
}

function dollarsFor(what: string, { lines }: Estimate): string {
  const same = lines.filter((line) => line.what === what);
  return same.length === 0 ? NOTHING : inDollars(same.reduce((sum, { dollars }) => sum + dollars, 0));
}

function changesTable(environment: Environment | undefined): string {
  const { cloud } = environment ?? {};
  if (environment === undefined || cloud === undefined) {
    return "No environment has a cloud.";
  }
  const before = foundationDollars(environment);
  return table(
    [`Change of ${code(environment.name)}`, "$ a month"],
    CHANGES.map(([name, change]) => {
      const difference = foundationDollars({ ...environment, cloud: { ...cloud, ...change(cloud) } }) - before;
      return [name, `${difference < 0 ? "−" : "+"}${inDollars(Math.abs(difference))}`];
    }),
  );
}

function foundationDollars(environment: Environment): number {
  const app = inMemory((scope) => new Foundation(scope, { environment, images: imagesOf(environment) }));
  const layers = app.node.children.filter((child) => child instanceof Foundation);
  return estimateOf(synthesisedLayers({ layers })).dollars;
}

function freeTable(): string {
  const types = Object.entries(BILLING).flatMap(([type, billing]) =>
    "free" in billing ? [[code(type), billing.free]] : [],
  );
  const providers = Object.entries(FREE_PROVIDERS).map(([provider, why]) => [`all of ${code(provider)}`, why]);
  return table(["Terraform's type", "Nobody is billed, because"], [...types, ...providers]);
}
