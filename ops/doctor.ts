import type { Command } from "commander";
import type { Environment } from "../config/schema";
import { Declaration } from "./declaration/declaration";
import { made } from "./diagnosis/check";
import { checksOf } from "./diagnosis/checks";
import type { Finding, FindingState } from "./diagnosis/finding";
import { environmentArgument } from "./environment-argument";
import { examples, WHERE_DOCKER_IS_LOOKED_FOR } from "./help";
import { report } from "./report";

/** `ops doctor`: whatever would make a deploy fail, before it starts. Changes nothing. */
export function addDoctorCommand(program: Command): void {
  program
    .command("doctor")
    .description("Looks whether there is everything that a deploy needs, and says how to get what is not.")
    .addArgument(environmentArgument())
    .option("--json", "print the findings as JSON")
    .addHelpText("after", examples("npm run ops -- doctor local", "npm run --silent ops -- doctor local --json"))
    .addHelpText("after", WHERE_DOCKER_IS_LOOKED_FOR)
    .action(async (environment: Environment, { json = false }: { json?: boolean }) => {
      const findings = (await Promise.all(checksOf(Declaration.of(environment)).map(made))).flat();
      process.exitCode = findings.some(({ state }) => state === "failed") ? 1 : 0;
      console.log(json ? JSON.stringify(findings, null, 2) : report(findings, summaryOf(environment, findings)));
    });
}

function summaryOf({ name }: Environment, findings: readonly Finding[]): string {
  const count = (wanted: FindingState) => findings.filter(({ state }) => state === wanted).length;
  const others = `warnings: ${count("warning")}, unknown: ${count("unknown")}`;
  return count("failed") === 0
    ? `${name} can be deployed: ${findings.length} things looked at (${others}).`
    : `${name} cannot be deployed: ${count("failed")} of ${findings.length} things failed (${others}).`;
}
