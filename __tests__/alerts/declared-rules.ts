import { selectEnvironments } from "../../config/environments";
import type { AlertRule } from "../../constructs/observability/rules/rule";
import { ruleGroupsOf, rulesOf } from "../../constructs/observability/rules/rules";
import { WANTED_REPLICAS } from "../../constructs/observability/rules/services";
import type { LayerStack } from "../../constructs/terraform/layer-stack";
import { Declaration } from "../../ops/declaration/declaration";

const [layer] = selectEnvironments("local").flatMap((environment) => Declaration.of(environment).layers) as [
  LayerStack,
];

const groups = ruleGroupsOf(layer);
const rules = groups.flatMap((group) => group.rules);

/** An alert of the environment that the cases are of. */
export interface DeclaredAlert {
  readonly rule: AlertRule;
  /** The group that it is looked at with. */
  readonly group: string;
}

/** All of its rules, in Prometheus' terms. */
export const declaredRules = rulesOf(layer);

/** All of its alerts. */
export const declaredAlerts: readonly DeclaredAlert[] = groups.flatMap(({ name: group, rules }) =>
  rules.flatMap((rule) => ("alert" in rule ? [{ rule, group }] : [])),
);

/** The services that have always as many containers, without the environment's prefix, and how many those are. */
export const replicasByService: Readonly<Record<string, string>> = Object.fromEntries(
  rules.flatMap((rule) =>
    "record" in rule && rule.record === WANTED_REPLICAS && rule.labels?.service !== undefined
      ? [[rule.labels.service, rule.expression.replaceAll(/\D/g, "")]]
      : [],
  ),
);
