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

/** What Grafana puts in place of its variables; every service for the ones of our own. */
const VARIABLES: Readonly<Record<string, string>> = { __rate_interval: "1m", __interval: "1m", __range: "1h" };

/** What every panel of the dashboards, as they were deployed, asks of Prometheus and Loki. */
export function panelQueries(): readonly PanelQuery[] {
  const stack = readFileSync(join(OUTPUT_FOLDER, "stacks", "e2e-layer-2", "cdk.tf.json"), "utf8");
  const { locals } = JSON.parse(stack) as { locals: Readonly<Record<string, string>> };
  return Object.entries(locals)
    .filter(([name]) => name.startsWith("grafana_dashboard_") && name !== "grafana_dashboard_provider")
    .flatMap(([, text]) => {
      const { title, panels } = JSON.parse(text.replaceAll("$${", "${").replaceAll("%%{", "%{"));
      return queriesOf(title, panels);
    });
}

function queriesOf(dashboard: string, panels: readonly Panel[]): readonly PanelQuery[] {
  return panels.flatMap(({ title, panels: inner = [], targets = [] }) => [
    ...targets.flatMap(({ datasource: { type }, expr }) =>
      expr !== undefined && (type === "prometheus" || type === "loki")
        ? [{ panel: `${dashboard}, ${title}`, source: type, expression: filled(expr) } as const]
        : [],
    ),
    ...queriesOf(dashboard, inner),
  ]);
}

function filled(expression: string): string {
  return expression.replaceAll(/\$\{?(\w+)(?::\w+)?\}?/g, (_, name: string) => VARIABLES[name] ?? ".+");
}
