import type { Dashboard, Panel, RowPanel } from "@grafana/schema";

/** A type of Grafana's as JSON has it: with texts in place of enumerations, whose package need not be loaded then. */
type Plain<T> = T extends string
  ? `${T}`
  : T extends number
    ? number
    : T extends readonly (infer Item)[]
      ? readonly Plain<Item>[]
      : T extends object
        ? { readonly [Key in keyof T]: Plain<T[Key]> }
        : T;

/** A dashboard as Grafana reads it. */
export type DashboardJson = Plain<Omit<Dashboard, "panels">> & { readonly panels: readonly (PanelJson | RowJson)[] };
/** A panel as Grafana reads it. The package takes its links for a dashboard's, which they are not. */
export type PanelJson = Omit<Plain<Panel>, "links"> & { readonly links?: readonly Link[] };
/** Where else to look. */
export interface Link {
  readonly title: string;
  readonly url: string;
}
/** The line above panels, with their heading. */
export type RowJson = Plain<RowPanel>;
/** How a panel's values are shown. */
export type FieldConfigJson = NonNullable<PanelJson["fieldConfig"]>;
