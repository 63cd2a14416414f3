import { type Estimate, estimateOf, synthesisedLayers } from "../../ops/cost/estimate";
import { Declaration } from "../../ops/declaration/declaration";
import { environmentNamed } from "../support/testing";
import "../support/tokens";

/** What production may cost a month, in US dollars. */
const MOST_DOLLARS = 131;

let production: Estimate;
beforeAll(() => {
  production = estimateOf(synthesisedLayers(Declaration.of(environmentNamed("production"))));
});

test("production is within its budget", () => {
  expect(production.dollars).toBeLessThanOrEqual(MOST_DOLLARS);
});

// Whoever adds something that costs changes this, and sees what is left.
test("production comes to", () => {
  const lines = production.lines.map(({ dollars, what }) => `${dollars.toFixed(2).padStart(6)}  ${what}`);
  const all = [...lines, `${production.dollars.toFixed(2)}  together, of ${MOST_DOLLARS}`];
  expect(`\n${all.join("\n")}\n`).toMatchInlineSnapshot(`
    "
      1.00  KMS: key
      2.00  KMS: first and second rotation of a key (from its third year on)
      0.03  KMS: requests (10,000 of them)
      0.46  S3 Standard (20 GiB)
      0.05  S3 Standard: requests that write (10,000 of them)
      5.00  Volume (50 GiB)
     96.00  Droplet s-8vcpu-16gb
     15.15  PostgreSQL db-s-1vcpu-1gb
      5.00  Spaces: the subscription with 250 GiB (paid once for the account)
      1.00  Uptime check (an account's first is free, and counted as if another environment had it)
    125.69  together, of 131
    "
  `);
});
