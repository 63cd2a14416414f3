import { HEARTBEAT_ALERT } from "../../constructs/observability/rules/observability";
import { alertCases, figureCases } from "./cases/cases";
import { declaredAlerts, declaredRules } from "./declared-rules";

const alerts = declaredAlerts.map(({ rule }) => rule.alert);
const named = (cases: readonly { readonly alert: string }[]) => new Set(cases.map(({ alert }) => alert));

test("every alert has a case in which it is told, and one in which it is not", () => {
  const told = named(alertCases.filter((each) => each.told.length > 0));
  const silent = named(alertCases.filter((each) => each.told.length === 0));

  expect(alerts.filter((alert) => !told.has(alert))).toEqual([]);
  expect(alerts.filter((alert) => !silent.has(alert))).toEqual([HEARTBEAT_ALERT]);
});

test("every case is of an alert, and is told from the others of it", () => {
  const names = alertCases.map(({ alert, when }) => `${alert}: ${when}`);

  expect([...named(alertCases)].filter((alert) => !alerts.includes(alert))).toEqual([]);
  expect(names).toEqual([...new Set(names)]);
});

test("every figure that is recorded has a case", () => {
  const expressions = figureCases.map(({ expression }) => expression).join("\n");
  const recorded = declaredRules.groups
    .filter(({ name }) => ["services", "objectives"].includes(name))
    .flatMap(({ rules }) => rules.flatMap((rule) => ("record" in rule ? [rule.record as string] : [])));

  expect(recorded).toContain("sprocket:failed:ratio3d");
  expect(recorded.filter((name) => !expressions.includes(name))).toEqual([]);
});
