import { resolve } from "node:path";
import type { AlertRule } from "../../constructs/observability/rules/rule";
import { RUNBOOK } from "../../constructs/observability/rules/rules";
import { Duration } from "../../constructs/swarm/duration";
import { outcomeOf } from "../support/processes";
import type { AlertCase } from "./alert-case";
import { alertFile, figureFile, verdicts } from "./promtool";

const ROOT = resolve(__dirname, "../..");

const RULE: AlertRule = {
  alert: "Broken",
  severity: "warning",
  expression: "broken > 0",
  lasts: Duration.minutes(2),
  summary: "It is broken.",
};
const CASE: AlertCase = {
  alert: "Broken",
  when: "it is broken",
  series: { "broken{}": "1x9" },
  told: [{ labels: { part: "wheel" }, summary: "It is broken." }],
};

const expectationsOf = (alertCase: AlertCase, rule = RULE) => {
  const { content } = alertFile("rules.json", rule, alertCase);
  return (content as any).tests[0].alert_rule_test;
};

describe("a case of an alert", () => {
  test("is told when the rule's duration is over, and not before", () => {
    const alerts = [
      {
        exp_labels: { part: "wheel", severity: "warning", about: "Broken" },
        exp_annotations: { summary: "It is broken.", runbook_url: `${RUNBOOK}#broken` },
      },
    ];

    expect(expectationsOf({ ...CASE, since: Duration.minutes(1) })).toEqual([
      { eval_time: "2m45s", alertname: "Broken", exp_alerts: [] },
      { eval_time: "3m", alertname: "Broken", exp_alerts: alerts },
    ]);
  });

  test("has no time before the beginning", () => {
    expect(expectationsOf(CASE, { ...RULE, lasts: Duration.zero })).toMatchObject([{ eval_time: "0s" }]);
  });

  test("is still not told some time after that", () => {
    expect(expectationsOf({ ...CASE, told: [] })).toEqual([
      { eval_time: "2m", alertname: "Broken", exp_alerts: [] },
      { eval_time: "7m", alertname: "Broken", exp_alerts: [] },
    ]);
  });

  test("is measured as often as it says", () => {
    expect(alertFile("rules.json", RULE, { ...CASE, every: Duration.minutes(1) })).toMatchObject({
      name: "Broken: it is broken",
      content: {
        rule_files: ["rules.json"],
        evaluation_interval: "1m",
        tests: [{ interval: "1m", input_series: [{ series: "broken{}", values: "1x9" }] }],
      },
    });
  });
});

test("a case of figures has them by their labels", () => {
  const { content } = figureFile("rules.json", {
    when: "it is",
    series: {},
    expression: "broken",
    at: Duration.minutes(1),
    figures: { "broken{}": 2 },
  });

  expect((content as any).tests[0].promql_expr_test).toEqual([
    { expr: "broken", eval_time: "1m", exp_samples: [{ labels: "broken{}", value: 2 }] },
  ]);
});

test.each([
  {
    version: "an older promtool",
    output:
      "Unit Testing:  0.json\n  SUCCESS\n\nUnit Testing:  1.json\n  FAILED:\n    got:[]\n\n\nUnit Testing:  2.json\n  SUCCESS\n\n",
  },
  { version: "a newer one", output: "  SUCCESS\n\n  FAILED:\n    got:[]\n\n  SUCCESS\n\n" },
])("what $version says is told apart by file", ({ output }) => {
  expect(verdicts(output)).toEqual([undefined, "got:[]", undefined]);
});

test("without promtool it fails, and says how to get it", async () => {
  const { status, stdout } = await outcomeOf(["--import", "tsx", "__tests__/alerts/run.ts"], {
    cwd: ROOT,
    variables: { PATH: "/nowhere" },
  });

  expect(status).toBe(1);
  expect(stdout).toMatch(/promtool is missing.*2\.42.*apt-get install --no-install-recommends prometheus/s);
}, 60_000);
