import { selectEnvironments } from "../../config/environments";
import type { AlertRule } from "../../constructs/observability/rules/rule";
import { ruleGroupsOf } from "../../constructs/observability/rules/rules";
import { Duration } from "../../constructs/swarm/duration";
import { Declaration } from "../declaration/declaration";
import { code, table } from "./markdown";

/** A list of names to choose from, which are an environment's own. */
const NAMES = /(?<=[=!]~)"[^"|]+(\|[^"|]+)+"/g;
const AT_ONCE = "at once";

/** The table of alerts, by the name of the part that it is. */
export function alertsTables(): Readonly<Record<string, string>> {
  return {
    alerts: table(
      ["Alert", "Severity", "Condition", "For"],
      documentedAlerts().map(({ alert, severity, expression, lasts }) => [
        `[${alert}](#${alert.toLowerCase()})`,
        severity,
        code(expression.replaceAll(NAMES, '"…"')),
        lasts === Duration.zero ? AT_ONCE : lasts.toString(),
      ]),
    ),
  };
}

/** The alerts of the first environment, which all others have as well. */
function documentedAlerts(): readonly AlertRule[] {
  const [layer] = selectEnvironments(undefined)
    .slice(0, 1)
    .flatMap((environment) => Declaration.of(environment).layers);
  return layer === undefined ? [] : ruleGroupsOf(layer).flatMap(({ rules }) => rules.filter((rule) => "alert" in rule));
}
