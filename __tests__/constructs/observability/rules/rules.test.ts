import { brokerNames } from "../../../../config/data/rabbitmq";
import { selectEnvironments } from "../../../../config/environments";
import type { Environment } from "../../../../config/schema";
import { HttpRoute } from "../../../../constructs/ingress/http-route";
import { MetricsEndpoint } from "../../../../constructs/observability/metrics-endpoint";
import type { AlertRule, RecordingRule, RuleGroup } from "../../../../constructs/observability/rules/rule";
import { RUNBOOK, ruleGroupsOf, rulesOf } from "../../../../constructs/observability/rules/rules";
import { WANTED_REPLICAS } from "../../../../constructs/observability/rules/services";
import type { LayerStack } from "../../../../constructs/terraform/layer-stack";
import { Declaration } from "../../../../ops/declaration/declaration";
import "../../../support/tokens";

interface Declared {
  readonly name: string;
  readonly environment: Environment;
  readonly declaration: Declaration;
  readonly layer: LayerStack;
  readonly groups: readonly RuleGroup[];
}

const declared: readonly Declared[] = selectEnvironments(undefined).map((environment) => {
  const declaration = Declaration.of(environment);
  const layer = declaration.layers[0] as LayerStack;
  return { name: environment.name, environment, declaration, layer, groups: ruleGroupsOf(layer) };
});

const rulesIn = ({ groups }: Declared) => groups.flatMap(({ rules }) => rules);
const alertsIn = (each: Declared): readonly AlertRule[] => rulesIn(each).filter((rule) => "alert" in rule);
const recordsIn = (each: Declared): readonly RecordingRule[] => rulesIn(each).filter((rule) => "record" in rule);
const expressionOf = (each: Declared, alert: string) =>
  alertsIn(each).find((rule) => rule.alert === alert)?.expression ?? "";
/** The service by which the environment's database is reached. */
const databaseOf = ({ database }: Environment) => (database === "managed" ? "pgbouncer" : "postgres");
/** What Prometheus puts something else for. */
const TEMPLATE = /\{\{ (.*?) \}\}/g;

const repeated = (names: readonly string[]) => names.filter((name, index) => names.indexOf(name) !== index);

describe.each(declared)("the rules of $name", (each) => {
  test("have a name each", () => {
    expect(repeated(alertsIn(each).map(({ alert }) => alert.toLowerCase()))).toEqual([]);
    expect(repeated(recordsIn(each).map(({ record, labels }) => record + JSON.stringify(labels)))).toEqual([]);
    expect(repeated(each.groups.map(({ name }) => name))).toEqual([]);
  });

  test("say in one sentence what is wrong", () => {
    const sentence = /^\S([^.]|\.\d)*\.$/;
    const summaries = alertsIn(each).map(({ summary }) => summary);

    expect(summaries.filter((summary) => !sentence.test(summary.replaceAll(TEMPLATE, "X")))).toEqual([]);
  });

  test("have templates that end", () => {
    const unbalanced = alertsIn(each).filter(({ summary }) => {
      const actions = [...summary.matchAll(TEMPLATE)].map(([, action = ""]) => action);
      const opened = actions.filter((action) => /^(with|if|range) /.test(action)).length;
      const ended = actions.filter((action) => action === "end").length;
      return opened !== ended || /\{\{|\}\}/.test(summary.replaceAll(TEMPLATE, ""));
    });

    expect(unbalanced).toEqual([]);
  });

  test("have brackets and quotes that end", () => {
    const unbalanced = rulesIn(each).filter(({ expression }) => {
      const outside = expression.replaceAll(/"[^"]*"/g, "");
      return (
        outside.includes('"') ||
        ["()", "[]", "{}"].some(([open = "", close = ""]) => outside.split(open).length !== outside.split(close).length)
      );
    });

    expect(unbalanced).toEqual([]);
  });

  test("are told with what they are about, how bad it is, and where to read on", () => {
    for (const { alert, severity, about = alert } of alertsIn(each)) {
      expect(["critical", "warning"]).toContain(severity);
      expect(rulesOf(each.layer).groups.flatMap(({ rules }) => rules)).toContainEqual(
        expect.objectContaining({
          alert,
          labels: { severity, about },
          annotations: expect.objectContaining({ runbook_url: `${RUNBOOK}#${alert.toLowerCase()}` }),
        }),
      );
    }
  });

  test("have a warning for each thing that a critical one shares its name with", () => {
    const shared = alertsIn(each).flatMap(({ about }) => about ?? []);
    const severities = (about: string) =>
      alertsIn(each)
        .filter((rule) => rule.about === about)
        .map(({ severity }) => severity)
        .sort();

    expect([...new Set(shared)].filter((about) => severities(about).join() !== "critical,warning")).toEqual([]);
  });

  test("want of every service that cannot be off as many containers as are declared", () => {
    const { prefix } = each.environment;
    const wanted = recordsIn(each)
      .filter(({ record }) => record === WANTED_REPLICAS)
      .map(({ labels, expression }) => `${prefix}-${labels?.service} ${expression}`);
    const services = each.declaration.services
      .filter(({ mayBeOff, replicas }) => !mayBeOff && replicas !== "global")
      .map(({ name, replicas }) => `${name} vector(${replicas})`);

    expect(wanted.sort()).toEqual(services.sort());
  });

  test("count the requests of every public route towards the objectives, and of no other", () => {
    const routes = HttpRoute.all(each.layer).filter(({ audience }) => audience === "public");
    const counting = recordsIn(each).filter(({ expression }) => expression.includes("traefik_service_"));
    const counted = counting.flatMap(({ expression }) =>
      [...expression.matchAll(/service=~"([^"]*)"/g)].map(([, names = ""]) => names.split("|")),
    );

    expect(routes.length).toBeGreaterThan(2);
    expect(counting).toHaveLength(10);
    for (const names of counted) {
      expect(names).toEqual(routes.map(({ traefikService }) => traefikService).sort());
    }
  });

  test("name no service and no job that the environment has not", () => {
    const { prefix } = each.environment;
    const services = each.declaration.services.map(({ name }) => name);
    const jobs = MetricsEndpoint.all(each.layer).map(({ job }) => job);
    const expressions = alertsIn(each).map(({ expression }) => expression);
    const namedBy = (pattern: RegExp) =>
      expressions.flatMap((text) => [...text.matchAll(pattern)].flatMap(([, names = ""]) => names.split("|")));
    const namedServices = [
      ...namedBy(/"service", "([a-z][^"]*)", "", ""/g),
      ...namedBy(/sprocket:service:seen\{service="([^"]*)"/g),
    ];

    expect(namedServices).toEqual(expect.arrayContaining(["api", "redis", databaseOf(each.environment)]));
    expect(namedServices.filter((name) => !services.includes(`${prefix}-${name}`))).toEqual([]);
    expect(namedBy(/job!?=~?"([^"]*)"/g)).toEqual(expect.arrayContaining(["vault", "traefik", "node-metrics"]));
    expect(namedBy(/job!?=~?"([^"]*)"/g).filter((job) => !jobs.includes(job))).toEqual([]);
  });

  test("look at every queue of the broker, and at those of events", () => {
    const { queues, events } = brokerNames(each.environment);
    const [, names = ""] = /queue=~"([^"]*)"/.exec(expressionOf(each, "QueueUnread")) ?? [];

    expect(names.split("|")).toEqual(Object.values(queues));
    expect(expressionOf(each, "QueueGrows")).toContain(`queue=~"${names}"`);
    expect(expressionOf(each, "EventsUnheard")).toContain(`queue=~"${events}-.*"`);
  });
});

test("the environments differ in names alone", () => {
  const withoutNames = (each: Declared) =>
    alertsIn(each).map((rule) => ({
      ...rule,
      lasts: rule.lasts.seconds,
      expression: rule.expression
        .replaceAll(brokerNames(each.environment).events, "")
        .replaceAll(`"${databaseOf(each.environment)}"`, "")
        .replaceAll(/=~"[^"|]+(\|[^"|]+)+"/g, ""),
    }));
  const [first, ...others] = declared.map(withoutNames);
  const records = (each: Declared) => [...new Set(recordsIn(each).map(({ record }) => record))];

  expect(others.filter((other) => JSON.stringify(other) !== JSON.stringify(first))).toEqual([]);
  expect(new Set(declared.map((each) => records(each).join())).size).toBe(1);
});
