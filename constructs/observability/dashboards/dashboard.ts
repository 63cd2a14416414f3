import type { IConstruct } from "constructs";
import type { DashboardJson, PanelJson, RowJson } from "./grafana-types";
import type { Panel } from "./panel";

/** Of Grafana 12.4. */
const SCHEMA_VERSION = 42;
const COLUMNS = 24;
const HEADING_HEIGHT = 1;
const TAG = "sprocket";

/** Panels under a heading, in lines whose panels share the width. */
export interface Section {
  /** @default - no heading */
  readonly heading?: string;
  readonly lines: readonly (readonly Panel[])[];
}

/** A choice that its reader makes above a dashboard, among texts that stand for parts of its queries. */
export interface Choice {
  readonly name: string;
  readonly label: string;
  /** What may be chosen, and what stands in a query then. */
  readonly among: Readonly<Record<string, string>>;
}

/** What a dashboard is made from. */
export interface DashboardSource {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /**
   * How far it looks back, until its reader says otherwise.
   *
   * @default 6h
   */
  readonly period?: string;
  /** @default - none */
  readonly choices?: (construct: IConstruct) => readonly Choice[];
  /** What it shows of the environment that a construct belongs to. */
  readonly sections: (construct: IConstruct) => readonly Section[];
}

/** A dashboard in Grafana's terms. */
export function dashboardJson(source: DashboardSource, construct: IConstruct): DashboardJson {
  const { uid, title, description, period = "6h", choices = () => [], sections } = source;
  return {
    uid,
    title,
    description,
    tags: [TAG],
    schemaVersion: SCHEMA_VERSION,
    editable: false,
    refresh: "30s",
    time: { from: `now-${period}`, to: "now" },
    timezone: "browser",
    graphTooltip: 1,
    links: [linkToOthers()],
    templating: { list: choices(construct).map(variable) },
    panels: placed(sections(construct)),
  };
}

function linkToOthers() {
  return {
    type: "dashboards",
    title: "Dashboards",
    tags: [TAG],
    asDropdown: false,
    includeVars: false,
    keepTime: true,
    targetBlank: false,
    icon: "",
    tooltip: "",
  } as const;
}

function variable({ name, label, among }: Choice) {
  const options = Object.entries(among);
  return {
    type: "custom",
    name,
    label,
    query: options.map(([text, value]) => `${text} : ${value}`).join(", "),
    multi: true,
    includeAll: true,
    allowCustomValue: false,
    current: { text: ["All"], value: ["$__all"] },
  } as const;
}

function placed(sections: readonly Section[]): (PanelJson | RowJson)[] {
  const panels: (PanelJson | RowJson)[] = [];
  let y = 0;
  for (const { heading, lines } of sections) {
    if (heading !== undefined) {
      const gridPos = { x: 0, y, w: COLUMNS, h: HEADING_HEIGHT };
      panels.push({ id: panels.length + 1, type: "row", title: heading, collapsed: false, panels: [], gridPos });
      y += HEADING_HEIGHT;
    }
    for (const line of lines) {
      const h = Math.max(...line.map(({ height }) => height));
      line.forEach(({ height: _, ...panel }, index) => {
        const x = columnOf(index, line.length);
        const w = columnOf(index + 1, line.length) - x;
        panels.push({ ...panel, id: panels.length + 1, gridPos: { x, y, w, h } });
      });
      y += h;
    }
  }
  return panels;
}

/** Where a panel of a line begins, so that the line is full even where 24 cannot be divided. */
function columnOf(index: number, panels: number): number {
  return Math.floor((COLUMNS * index) / panels);
}
