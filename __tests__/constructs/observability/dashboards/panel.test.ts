import { chart, logs, stat, table } from "../../../../constructs/observability/dashboards/panel";

describe("limits", () => {
  const stepsOf = (limits: Parameters<typeof stat>[1]["limits"]) =>
    stat("Disk", { unit: "percent", limits, queries: { used: "disk_used_percent" } }).fieldConfig?.defaults.thresholds
      ?.steps;

  test("turn worse upwards", () => {
    expect(stepsOf({ above: { orange: 80, red: 90 } })).toEqual([
      { value: null, color: "green" },
      { value: 80, color: "orange" },
      { value: 90, color: "red" },
    ]);
  });

  test("turn worse downwards", () => {
    expect(stepsOf({ below: { orange: 21, red: 7 } })).toEqual([
      { value: null, color: "red" },
      { value: 7, color: "orange" },
      { value: 21, color: "green" },
    ]);
  });

  test("may be none", () => {
    expect(stepsOf(undefined)).toEqual([{ value: null, color: "text" }]);
  });

  test("are lines in a chart", () => {
    const { fieldConfig } = chart("Disk", { unit: "percent", limits: { above: { red: 90 } }, queries: { used: "x" } });
    expect(fieldConfig?.defaults.custom).toMatchObject({ thresholdsStyle: { mode: "dashed" } });
  });
});

describe("a table", () => {
  const columns = { Wanted: { unit: "none", query: "wanted" }, Running: { unit: "none", query: "running" } } as const;
  const renamed = (chosen: Parameters<typeof table>[1]["columns"]) => {
    const { transformations } = table("Services", {
      labels: { service: "Service" },
      columns: chosen,
      sortBy: "Service",
    });
    return transformations?.map(({ options }: any) => options.renameByName).at(-1);
  };

  test("has a column for each label and figure", () => {
    expect(renamed(columns)).toEqual({ service: "Service", "Value #A": "Wanted", "Value #B": "Running" });
  });

  test("has one figure under the name that Grafana gives it then", () => {
    expect(renamed({ Wanted: columns.Wanted })).toEqual({ service: "Service", Value: "Wanted" });
  });
});

test("logs come from Loki", () => {
  const { datasource, targets } = logs("Lines", '{service_name="api"}');
  expect(datasource).toEqual({ type: "loki", uid: "loki" });
  expect(targets).toEqual([expect.objectContaining({ datasource, queryType: "range" })]);
});
