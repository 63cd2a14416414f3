import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alertCases, figureCases } from "./cases/cases";
import { type DeclaredAlert, declaredAlerts, declaredRules } from "./declared-rules";
import { alertFile, figureFile, isThere, promtool, verdicts, write } from "./promtool";

const ALL_RULES = "rules.json";

const MISSING = `rules: promtool is missing, which looks at alert rules as Prometheus does. It comes with Prometheus, of which any
version from 2.42 on will do: \`apt-get install --no-install-recommends prometheus\` on Debian, \`brew install prometheus\`
on macOS, or https://prometheus.io/download/.`;

/** Runs every case against the rules, and prints what is not as it should be. */
function main(): void {
  if (!isThere()) {
    console.log(MISSING);
    process.exitCode = 1;
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "sprocket-rules-"));
  try {
    process.exitCode = runIn(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function runIn(folder: string): number {
  const check = promtool(folder, ["check", "rules", write(folder, ALL_RULES, declaredRules)]);
  if (check.status !== 0) {
    console.log(check.output);
    return 1;
  }
  // Promtool looks at every rule that it is given, at every moment of a case.
  for (const group of declaredRules.groups) {
    write(folder, fileOf(group.name), { groups: [group] });
  }
  const files = [
    ...alertCases.map((each) => {
      const { rule, group } = named(declaredAlerts, each.alert);
      return alertFile(fileOf(group), rule, each);
    }),
    ...figureCases.map((each) => figureFile(ALL_RULES, each)),
  ];
  const test = promtool(folder, [
    "test",
    "rules",
    ...files.map(({ content }, index) => write(folder, `${index}.json`, content)),
  ]);
  const said = verdicts(test.output);
  if (said.length !== files.length) {
    console.log(test.output);
    return 1;
  }
  const failed = files.flatMap(({ name }, index) => (said[index] === undefined ? [] : [`${name}\n${said[index]}\n`]));
  console.log([...failed, `rules: ${files.length - failed.length} passed, ${failed.length} failed`].join("\n"));
  return failed.length === 0 ? 0 : 1;
}

function fileOf(group: string): string {
  return `rules-${group}.json`;
}

function named(alerts: readonly DeclaredAlert[], name: string): DeclaredAlert {
  const alert = alerts.find(({ rule }) => rule.alert === name);
  if (alert === undefined) {
    throw new Error(`there is no alert ${name}, of which __tests__/alerts/cases/ has cases`);
  }
  return alert;
}

main();
