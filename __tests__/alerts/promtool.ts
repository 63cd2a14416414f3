import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MEASURED_EVERY } from "../../constructs/observability/prometheus-configuration";
import type { AlertRule } from "../../constructs/observability/rules/rule";
import { RUNBOOK } from "../../constructs/observability/rules/rules";
import { Duration } from "../../constructs/swarm/duration";
import type { AlertCase, FigureCase, Series } from "./alert-case";

const PROGRAM = "promtool";
/** How long nothing must be told in a case in which there is nothing to tell, beyond the rule's duration. */
const LONGER = Duration.minutes(5);

/** How a program ended, with all that it printed in the order in which it did. */
export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** A file of promtool's that holds one case. */
export interface CaseFile {
  /** The case's name, for whoever reads that it failed. */
  readonly name: string;
  readonly content: object;
}

/** Whether promtool can be called. */
export function isThere(): boolean {
  return spawnSync(PROGRAM, ["--version"]).error === undefined;
}

/**
 * Runs promtool to its end.
 *
 * @param folder where it is run, and may write
 */
export function promtool(folder: string, args: readonly string[]): Ended {
  // It tells what it looks at in one stream and what is wrong with that in another; only in one file both are in order.
  const path = join(folder, "output.txt");
  const file = openSync(path, "w");
  const { status } = spawnSync(PROGRAM, args, { cwd: folder, stdio: ["ignore", file, file] });
  closeSync(file);
  return { status, output: readFileSync(path, "utf8") };
}

/** Writes a file as promtool reads it; JSON is YAML. */
export function write(folder: string, name: string, content: object): string {
  writeFileSync(join(folder, name), JSON.stringify(content, null, 2));
  return name;
}

/**
 * The file of a case of an alert.
 *
 * @param rulesFile the alert's rule, with those that it needs
 */
export function alertFile(rulesFile: string, rule: AlertRule, alertCase: AlertCase): CaseFile {
  const { alert, when, series, told, every = MEASURED_EVERY, since = Duration.zero } = alertCase;
  const due = since.plus(rule.lasts);
  const given = { severity: rule.severity, about: rule.about ?? alert };
  const exp_alerts = told.map(({ labels, summary }) => ({
    exp_labels: { ...labels, ...given },
    exp_annotations: { summary, runbook_url: `${RUNBOOK}#${alert.toLowerCase()}` },
  }));
  const at = (time: Duration, alerts: readonly object[]) => ({
    eval_time: time.toString(),
    alertname: alert,
    exp_alerts: alerts,
  });
  const expectations =
    told.length === 0
      ? [at(due, []), at(due.plus(LONGER), [])]
      : [
          ...(due.seconds < every.seconds ? [] : [at(Duration.seconds(due.seconds - every.seconds), [])]),
          at(due, exp_alerts),
        ];
  return { name: `${alert}: ${when}`, content: testFile(rulesFile, every, series, { alert_rule_test: expectations }) };
}

/** The file of a case of figures. */
export function figureFile(rulesFile: string, figureCase: FigureCase): CaseFile {
  const { when, series, every = MEASURED_EVERY, expression, at, figures } = figureCase;
  const exp_samples = Object.entries(figures).map(([labels, value]) => ({ labels, value }));
  return {
    name: `${expression}: ${when}`,
    content: testFile(rulesFile, every, series, {
      promql_expr_test: [{ expr: expression, eval_time: at.toString(), exp_samples }],
    }),
  };
}

function testFile(rulesFile: string, every: Duration, series: Series, tests: object): object {
  const interval = every.toString();
  return {
    rule_files: [rulesFile],
    evaluation_interval: interval,
    tests: [
      {
        interval,
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        ...tests,
      },
    ],
  };
}

/**
 * What promtool said of each file that it was given, in their order; undefined of those that are as they should be.
 * Newer versions do not name the files.
 *
 * @param output all that `promtool test rules` printed
 */
export function verdicts(output: string): readonly (string | undefined)[] {
  const [, ...parts] = output.replaceAll(/^Unit Testing: .*$/gm, "").split(/^ {2}(SUCCESS|FAILED:)$/m);
  return parts.flatMap((verdict, index) =>
    index % 2 === 1 ? [] : [verdict === "SUCCESS" ? undefined : (parts[index + 1] ?? "").trim()],
  );
}
