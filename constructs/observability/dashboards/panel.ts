import { DATA_SOURCES } from "../grafana-configuration";
import type { FieldConfigJson, Link, PanelJson } from "./grafana-types";

/** What a figure is of, in Grafana's words; `percent` is of 100, `percentunit` of 1. */
export type Unit =
  | ("none" | "short" | "percent" | "percentunit" | "bytes" | "Bps" | "s" | "d" | "dateTimeFromNow")
  | ("reqps" | "ops" | "cps");

/** From where on a figure is bad, and how bad: where there are alerts about it, the same as theirs. */
export type Limits =
  | { readonly above: Readonly<Partial<Record<Warning, number>>> }
  | { readonly below: Readonly<Partial<Record<Warning, number>>> };

type Warning = "orange" | "red";
type Defaults = FieldConfigJson["defaults"];

/** A panel before it has a place. */
export type Panel = Omit<PanelJson, "id" | "gridPos"> & { readonly height: number };

interface Explained {
  /** What people need to know who do not know where a figure comes from. */
  readonly description?: string;
}

interface Figure {
  readonly unit: Unit;
  readonly limits?: Limits;
  /** @default - as many as its size calls for */
  readonly decimals?: number;
}

interface FigureProps extends Figure, Explained {
  /** What is asked, by what the answer is called; in LogQL where it is asked from Loki. */
  readonly queries: Readonly<Record<string, string>>;
  /** @default - prometheus */
  readonly from?: "prometheus" | "loki";
}

export interface StatProps extends FigureProps {
  /** The dashboard that tells more. */
  readonly more?: string;
  /** What is shown where there is nothing. */
  readonly nothing?: string;
}

export interface TimelineProps extends Explained {
  readonly queries: FigureProps["queries"];
}

export interface TableProps extends Explained {
  /** The labels that have a column, with its heading. */
  readonly labels: Readonly<Record<string, string>>;
  /** The figures that have a column, by its heading. */
  readonly columns: Readonly<Record<string, Figure & { readonly query: string }>>;
  /** Texts that stand out. */
  readonly colours?: Readonly<Record<string, Warning>>;
  readonly sortBy: string;
  readonly nothing?: string;
  readonly links?: readonly Link[];
  readonly height?: number;
}

const GREEN = "green";
const UP_OR_DOWN = [
  { type: "value", options: { 0: { text: "down", color: "red" }, 1: { text: "up", color: GREEN } } },
] as const;

/** What is so now, in large digits. */
export function stat(title: string, props: StatProps): Panel {
  const { more, nothing } = props;
  return {
    ...head("stat", title, props, 4),
    ...(more === undefined ? {} : { links: [{ title: "More", url: `/d/${more}` }] }),
    targets: targets(props, { instant: true, range: false }),
    fieldConfig: config({ ...figure(props), ...(nothing === undefined ? {} : { noValue: nothing }) }),
    options: { colorMode: "value", graphMode: "none", reduceOptions: { calcs: ["lastNotNull"] } },
  };
}

/** How something changed, as lines. */
export function chart(title: string, props: FigureProps): Panel {
  return {
    ...head("timeseries", title, props, 8),
    targets: targets(props, { range: true }),
    fieldConfig: config({
      ...figure(props),
      color: { mode: "palette-classic" },
      custom: {
        lineWidth: 1,
        fillOpacity: 8,
        showPoints: "never",
        axisSoftMin: 0,
        ...(props.limits === undefined ? {} : { thresholdsStyle: { mode: "dashed" } }),
      },
    }),
    options: {
      legend: { displayMode: "list", placement: "bottom", showLegend: true },
      tooltip: { mode: "multi", sort: "desc" },
    },
  };
}

/** When something was up, which is 1, and when it was down, which is 0. */
export function timeline(title: string, props: TimelineProps): Panel {
  return {
    ...head("state-timeline", title, props, 10),
    targets: targets(props, { range: true }),
    fieldConfig: config({ unit: "none", mappings: UP_OR_DOWN, custom: { lineWidth: 0, fillOpacity: 80 } }),
    options: { mergeValues: true, showValue: "never", rowHeight: 0.8, legend: { showLegend: false } },
  };
}

/** What is so now, a line for each of what the figures are about. */
export function table(title: string, props: TableProps): Panel {
  const { labels, columns, colours = {}, sortBy, nothing, links, height = 10 } = props;
  const headings = Object.keys(columns);
  const queries = Object.fromEntries(Object.entries(columns).map(([heading, { query }]) => [heading, query]));
  // Grafana numbers the columns only where there is more than one.
  const valueColumn = (index: number) => (headings.length > 1 ? `Value #${refId(index)}` : "Value");
  const order = [...Object.keys(labels), ...headings.map((_, index) => valueColumn(index))];
  return {
    ...head("table", title, props, height),
    ...(links === undefined ? {} : { links }),
    targets: targets({ queries }, { instant: true, range: false, format: "table" }),
    transformations: [
      { id: "merge", options: {} },
      {
        id: "organize",
        options: {
          excludeByName: { Time: true },
          indexByName: Object.fromEntries(order.map((name, index) => [name, index])),
          renameByName: {
            ...labels,
            ...Object.fromEntries(headings.map((heading, index) => [valueColumn(index), heading])),
          },
        },
      },
    ],
    fieldConfig: {
      defaults: {
        unit: "none",
        ...(nothing === undefined ? {} : { noValue: nothing }),
        custom: { cellOptions: { type: "color-text" } },
        ...colourOf(),
        mappings: [
          {
            type: "value",
            options: Object.fromEntries(Object.entries(colours).map(([text, color]) => [text, { color }])),
          },
        ],
      },
      overrides: [
        // Not in every empty cell.
        ...(nothing === undefined ? [] : [override("byRegexp", ".*", { noValue: "" })]),
        ...Object.entries(columns).map(([heading, column]) => override("byName", heading, figure(column))),
      ],
    },
    options: { showHeader: true, sortBy: [{ displayName: sortBy, desc: false }] },
  };
}

/** What was printed. */
export function logs(title: string, query: string, props: Explained = {}): Panel {
  return {
    ...head("logs", title, { ...props, from: "loki" }, 12),
    targets: targets({ queries: { "": query }, from: "loki" }),
    fieldConfig: config({ unit: "none" }),
    options: {
      showTime: true,
      showLabels: false,
      showCommonLabels: false,
      wrapLogMessage: true,
      enableLogDetails: true,
      sortOrder: "Descending",
      dedupStrategy: "none",
    },
  };
}

function head(type: string, title: string, props: Explained & Pick<FigureProps, "from">, height: number) {
  const { description, from = "prometheus" } = props;
  return { type, title, ...(description === undefined ? {} : { description }), datasource: source(from), height };
}

function targets({ queries, from = "prometheus" }: Pick<FigureProps, "queries" | "from">, how: object = {}) {
  return Object.entries(queries).map(([legendFormat, expr], index) => ({
    refId: refId(index),
    datasource: source(from),
    expr,
    legendFormat,
    ...(from === "loki" ? { queryType: "range" } : how),
  }));
}

function refId(index: number): string {
  return String.fromCharCode("A".charCodeAt(0) + index);
}

function source(type: "prometheus" | "loki") {
  return { type, uid: DATA_SOURCES[type] };
}

function override(matcher: "byName" | "byRegexp", name: string, properties: Defaults) {
  return {
    matcher: { id: matcher, options: name },
    properties: Object.entries(properties).map(([id, value]) => ({ id, value })),
  };
}

function config(defaults: Defaults): FieldConfigJson {
  return { defaults, overrides: [] };
}

function figure({ unit, limits, decimals }: Figure): Defaults {
  return { unit, ...(decimals === undefined ? {} : { decimals }), ...colourOf(limits) };
}

/** As plain text where nothing is bad. */
function colourOf(limits?: Limits) {
  const steps = limits === undefined ? [{ value: null, color: "text" }] : stepsOf(limits);
  return { color: { mode: "thresholds" }, thresholds: { mode: "absolute", steps } } as const;
}

function stepsOf(limits: Limits): { value: number | null; color: string }[] {
  const warnings = Object.entries("above" in limits ? limits.above : limits.below).sort(([, a], [, b]) => a - b);
  const values = [null, ...warnings.map(([, value]) => value)];
  const colours = warnings.map(([colour]) => colour);
  const ordered = "above" in limits ? [GREEN, ...colours] : [...colours, GREEN];
  return values.map((value, index) => ({ value, color: ordered[index] ?? GREEN }));
}
