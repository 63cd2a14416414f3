import type { IConstruct } from "constructs";
import { HttpRoute } from "../../ingress/http-route";
import { SwarmService } from "../../swarm/swarm-service";
import { everyOf } from "../../terraform/every";
import { LayerStack } from "../../terraform/layer-stack";
import { dataRules } from "./data";
import { ingressRules } from "./ingress";
import { nodeRules } from "./nodes";
import { objectiveRules } from "./objectives";
import { observabilityRules } from "./observability";
import type { AlertRule, RecordingRule, RuleGroup } from "./rule";
import { serviceRules } from "./services";

/** Where an alert's paragraph is. */
export const RUNBOOK = "https://github.com/SprocketBot/sprocket-infrastructure/blob/main/docs/operations/monitoring.md";

/** Every rule of the environment that a construct belongs to. */
export function ruleGroupsOf(construct: IConstruct): readonly RuleGroup[] {
  const declared = {
    environment: LayerStack.of(construct).environment,
    services: everyOf(construct, SwarmService),
    routes: HttpRoute.all(construct),
  };
  return [serviceRules, ingressRules, objectiveRules, nodeRules, dataRules, observabilityRules].map((group) =>
    group(declared),
  );
}

/** A file of rules as Prometheus reads it. */
export interface PrometheusRules {
  readonly groups: readonly { readonly name: string; readonly rules: readonly object[] }[];
}

/** Every rule of the environment that a construct belongs to, in Prometheus' terms. */
export function rulesOf(construct: IConstruct): PrometheusRules {
  return {
    groups: ruleGroupsOf(construct).map(({ name, rules }) => ({
      name,
      rules: rules.map((rule) => ("alert" in rule ? alertTerms(rule) : recordingTerms(rule))),
    })),
  };
}

function recordingTerms({ record, expression, labels }: RecordingRule): object {
  return { record, expr: expression, ...(labels === undefined ? {} : { labels }) };
}

function alertTerms({ alert, severity, expression, lasts, summary, about = alert }: AlertRule): object {
  return {
    alert,
    expr: expression,
    for: lasts.toString(),
    labels: { severity, about },
    annotations: { summary, runbook_url: `${RUNBOOK}#${alert.toLowerCase()}` },
  };
}
