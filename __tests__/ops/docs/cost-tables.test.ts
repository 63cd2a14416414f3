import { ALL_PRICES } from "../../../ops/cost/prices";
import { costTables } from "../../../ops/docs/cost-tables";
import "../../support/tokens";

const tables = costTables();
const rowsOf = (name: string) =>
  (tables[name] ?? "")
    .split("\n")
    .slice(2)
    .map((line) => line.slice(2, -2).split(" | "));

test("a month is shown for every environment with a cloud, with its sum", () => {
  expect(tables.months?.split("\n")[0]).toBe("| What | `production` | `staging` |");
  expect(rowsOf("months")).toContainEqual(["Droplet s-8vcpu-16gb", "96.00", "96.00"]);
  expect(rowsOf("months").at(-1)).toEqual([
    "**together**",
    expect.stringMatching(/^\*\*\d+\.\d\d\*\*$/),
    expect.stringMatching(/^\*\*\d+\.\d\d\*\*$/),
  ]);
});

test("what may be changed is shown with its difference", () => {
  expect(rowsOf("changes")).toEqual([
    ["`droplet` is `s-4vcpu-8gb`", "−48.00"],
    ["`managers` is 3", "+192.00"],
    ["one more of `workers`", "+96.00"],
    ["50 more of `volumeGibibytes`", "+5.00"],
    ["`database.size` is `db-s-1vcpu-2gb`", "+15.30"],
    ["`database.size` is `db-s-2vcpu-4gb`", "+45.75"],
  ]);
});

test("every price is shown, with when and by whom it was read", () => {
  expect(rowsOf("prices")).toHaveLength(ALL_PRICES.length);
  expect(rowsOf("prices")).toContainEqual([
    "Volume",
    "0.1",
    "GiB and month",
    expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    expect.stringMatching(/^(us|others)$/),
    "[page](https://www.digitalocean.com/pricing/volumes)",
  ]);
});

test("what costs nothing is shown with why", () => {
  expect(rowsOf("free")).toContainEqual(["`aws_kms_alias`", "the key is paid"]);
  expect(rowsOf("free")).toContainEqual(["all of `vault`", "it runs on machines that are paid"]);
});
