import { readFileSync } from "node:fs";
import { join } from "node:path";
import { OUTPUT_FOLDER } from "./work-folder";

/** What a panel of a dashboard asks. */
export interface PanelQuery {
  readonly panel: string;
  readonly source: "prometheus" | "loki";
  readonly expression: string;
}

interface Panel {
  readonly title: string;
  readonly panels?: readonly Panel[];
  readonly targets?: readonly { readonly datasource: { readonly type: string }; readonly expr?: string }[];
}

interface Dashboard {
  readonly title: string;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly query: string }[] };
}

type Variables = Readonly<Record<string, string>>;

/** What Grafana puts in place of its own variables. */
const GRAFANAS: Variables = { __rate_interval: "1m", __interval: "1m", __auto: "1m", __range: "1h" };

/** What every panel of the dashboards, as they were deployed, asks of Prometheus and Loki. */
export function panelQueries(): readonly PanelQuery[] {
  const stack = readFileSync(join(OUTPUT_FOLDER, "stacks", "e2e-layer-2", "cdk.tf.json"), "utf8");
  const { locals } = JSON.parse(stack) as { locals: Readonly<Record<string, string>> };
  return Object.entries(locals)
    .filter(([name]) => name.startsWith("grafana_dashboard_") && name !== "grafana_dashboard_provider")
    .flatMap(([, text]) => {
      const dashboard: Dashboard = JSON.parse(text.replaceAll("$${", "${").replaceAll("%%{", "%{"));
      return queriesOf(dashboard.title, dashboard.panels, { ...GRAFANAS, ...everythingChosen(dashboard) });
    });
}

/** A dashboard's own variables, with all of their values: `name : value, name : value`. */
function everythingChosen({ templating: { list } }: Dashboard): Variables {
  return Object.fromEntries(
    list.map(({ name, query }) => [
      name,
      query
        .split(", ")
        .map((option) => option.split(" : ").at(-1))
        .join("|"),
    ]),
  );
}

function queriesOf(dashboard: string, panels: readonly Panel[], variables: Variables): readonly PanelQuery[] {
  return panels.flatMap(({ title, panels: inner = [], targets = [] }) => [
    ...targets.flatMap(({ datasource: { type }, expr }) =>
      expr !== undefined && (type === "prometheus" || type === "loki")
        ? [{ panel: `${dashboard}, ${title}`, source: type, expression: filled(expr, variables) } as const]
        : [],
    ),
    ...queriesOf(dashboard, inner, variables),
  ]);
}

function filled(expression: string, variables: Variables): string {
  return expression.replaceAll(/\$\{?(\w+)(?::\w+)?\}?/g, (found, name: string) => variables[name] ?? found);
}
