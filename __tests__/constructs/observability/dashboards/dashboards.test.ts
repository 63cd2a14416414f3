import { z } from "zod";
import { dashboardsOf } from "../../../../constructs/observability/dashboards/dashboards";
import type { DashboardJson } from "../../../../constructs/observability/dashboards/grafana-types";
import { DATA_SOURCES } from "../../../../constructs/observability/grafana-configuration";
import { ruleGroupsOf } from "../../../../constructs/observability/rules/rules";
import type { LayerStack } from "../../../../constructs/terraform/layer-stack";
import { Declaration } from "../../../../ops/declaration/declaration";
import { environmentNamed } from "../../../support/testing";
import { METRICS_WITH_TLS, SEEN_METRICS } from "./known-metrics";
import { metricsIn } from "./promql";

/** What Grafana fills in by itself. */
const GRAFANAS_OWN = ["__rate_interval", "__auto"];

const target = z.looseObject({
  refId: z.string().regex(/^[A-Z]$/),
  datasource: z.strictObject({ type: z.string(), uid: z.enum(Object.values(DATA_SOURCES)) }),
  expr: z.string().min(1),
  legendFormat: z.string(),
});
const gridPos = z.strictObject({ x: z.int().min(0), y: z.int().min(0), w: z.int().min(1), h: z.int().min(1) });
const row = z.strictObject({
  id: z.int(),
  type: z.literal("row"),
  title: z.string().min(1),
  collapsed: z.literal(false),
  panels: z.tuple([]),
  gridPos,
});
const shownPanel = z.strictObject({
  id: z.int(),
  type: z.enum(["stat", "timeseries", "state-timeline", "table", "logs"]),
  title: z.string().min(1),
  description: z.string().min(1).optional(),
  datasource: target.shape.datasource,
  gridPos,
  links: z.array(z.strictObject({ title: z.string(), url: z.string().regex(/^(https:\/|\/d)\//) })).optional(),
  targets: z.array(target).min(1),
  transformations: z.array(z.looseObject({ id: z.enum(["merge", "organize"]) })).optional(),
  fieldConfig: z.strictObject({ defaults: z.looseObject({ unit: z.string() }), overrides: z.array(z.unknown()) }),
  options: z.looseObject({}),
});
const dashboard = z.strictObject({
  uid: z.string().regex(/^[a-z][a-z-]{0,39}$/),
  title: z.string().min(1),
  description: z.string().min(1),
  tags: z.tuple([z.literal("sprocket")]),
  schemaVersion: z.literal(42),
  editable: z.literal(false),
  refresh: z.literal("30s"),
  time: z.strictObject({ from: z.string().regex(/^now-\d+[hd]$/), to: z.literal("now") }),
  timezone: z.string(),
  graphTooltip: z.int(),
  links: z.array(z.looseObject({ type: z.literal("dashboards") })),
  templating: z.strictObject({ list: z.array(z.looseObject({ name: z.string(), query: z.string().min(1) })) }),
  panels: z.array(z.union([row, shownPanel])),
});
type Place = z.infer<typeof gridPos>;
type ShownPanel = z.infer<typeof shownPanel>;

describe.each(["local", "production"])("in the environment %s", (name) => {
  const [layer] = Declaration.of(environmentNamed(name)).layers as [LayerStack];
  const files = dashboardsOf(layer);
  const made = files.map(({ uid, make }) => ({ uid, json: make() as DashboardJson }));
  const expressions = made.flatMap(({ json }) => targetsOf(json).map((each) => ({ uid: json.uid, ...each })));

  test("there is a dashboard for each uid, and the first page", () => {
    const uids = files.map(({ uid }) => uid);
    expect(new Set(uids).size).toBe(uids.length);
    expect(made.map(({ json }) => json.uid)).toEqual(uids);
    expect(uids).toContain("overview");
  });

  test.each(made)("$uid is what Grafana reads", ({ json }) => {
    const written = JSON.stringify(json, null, 2);
    expect(dashboard.parse(JSON.parse(written))).toStrictEqual(json);
    expect(written.length).toBeLessThan(100_000);
  });

  test.each(made)("$uid has a place for each panel, and a number", ({ json }) => {
    const ids = json.panels.map(({ id }) => id);
    expect(ids).toEqual(ids.map((_, index) => index + 1));
    const cells = json.panels.flatMap(({ gridPos }) => cellsOf(gridPos as Place));
    expect(new Set(cells).size).toBe(cells.length);
    expect(json.panels.every(({ gridPos: { x = 0, w = 0 } = {} }) => x + w <= 24)).toBe(true);
  });

  test.each(made)("$uid has its choices used, and no others", ({ json }) => {
    const used = targetsOf(json).flatMap(({ expr }) =>
      [...expr.matchAll(/\$\{?([a-zA-Z_]\w*)/g)].map(([, variable]) => variable),
    );
    const declared = json.templating?.list?.map((variable) => variable.name);
    expect(new Set(used.filter((variable = "") => !GRAFANAS_OWN.includes(variable)))).toEqual(new Set(declared));
  });

  test("panels lead to dashboards that are there", () => {
    const urls = made.flatMap(({ json }) => panelsOf(json).flatMap(({ links = [] }) => links.map(({ url }) => url)));
    const led = urls.flatMap((url) => /^\/d\/(.+)$/.exec(url)?.slice(1) ?? []);
    expect(files.map(({ uid }) => uid)).toEqual(expect.arrayContaining(led));
  });

  test("queries ask for metrics that were seen", () => {
    const records = ruleGroupsOf(layer).flatMap(({ rules }) =>
      rules.flatMap((rule) => ("record" in rule ? rule.record : [])),
    );
    const asked = expressions.flatMap(({ uid, expr, datasource }) =>
      datasource.type === "prometheus" ? metricsIn(expr).map((metric) => ({ uid, metric })) : [],
    );
    const known = [...SEEN_METRICS, ...METRICS_WITH_TLS, ...records];
    expect(asked.filter(({ metric }) => !known.includes(metric))).toEqual([]);
  });

  test("no query has an empty choice of services", () => {
    expect(expressions.filter(({ expr }) => expr.includes('=~""'))).toEqual([]);
  });
});

test("no metric is listed that no dashboard shows", () => {
  const [layer] = Declaration.of(environmentNamed("local")).layers as [LayerStack];
  const asked = dashboardsOf(layer).flatMap(({ make }) => targetsOf(make() as DashboardJson));
  const shown = new Set(asked.flatMap(({ expr }) => metricsIn(expr)));
  expect([...SEEN_METRICS, ...METRICS_WITH_TLS].filter((metric) => !shown.has(metric))).toEqual([]);
});

function panelsOf({ panels }: DashboardJson): readonly ShownPanel[] {
  return panels.filter(({ type }) => type !== "row") as unknown as readonly ShownPanel[];
}

function targetsOf(json: DashboardJson) {
  return panelsOf(json).flatMap(({ targets }) => targets);
}

function cellsOf({ x, y, w, h }: Place): readonly string[] {
  return Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`);
}
