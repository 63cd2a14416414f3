import { setTimeout as sleep } from "node:timers/promises";
import { type Command, InvalidArgumentError } from "commander";
import type { Environment } from "../config/schema";
import { Declaration } from "./declaration/declaration";
import { environmentArgument } from "./environment-argument";
import { examples, WHERE_DOCKER_IS_LOOKED_FOR } from "./help";
import { report } from "./report";
import { managerEngine } from "./swarm/engine";
import type { Finding } from "./verification/finding";
import { settledFindings, unwell } from "./verification/verification";

const PAUSE_SECONDS = 2;
const EXAMPLES = examples(
  "npm run ops -- verify local",
  "npm run --silent ops -- verify local --json",
  "npm run ops -- verify local --wait 180",
);

interface Options {
  readonly json?: boolean;
  readonly wait: number;
  readonly watch?: boolean;
}

/** `ops verify`: whether what runs is what is declared, whatever the deploy said. */
export function addVerifyCommand(program: Command): void {
  program
    .command("verify")
    .description("Looks whether everything that is declared runs and answers, and nothing else does.")
    .addArgument(environmentArgument())
    .option("--json", "print the findings as JSON")
    .option("--wait <seconds>", "how long to wait for what is on its way", secondsOf, 0)
    .option("--watch", "look again and again, until interrupted")
    .addHelpText("after", EXAMPLES)
    .addHelpText("after", WHERE_DOCKER_IS_LOOKED_FOR)
    .action(async (environment: Environment, { json = false, wait, watch = false }: Options) => {
      const declaration = Declaration.of(environment);
      const engine = await managerEngine(environment);
      do {
        const findings = await settledFindings(declaration, engine, wait);
        console.log(json ? JSON.stringify(findings, null, 2) : report(findings, summaryOf(environment, findings)));
        process.exitCode = unwell(findings).length === 0 ? 0 : 1;
      } while (watch && (await sleep(PAUSE_SECONDS * 1000, true)));
    });
}

function summaryOf({ name }: Environment, findings: readonly Finding[]): string {
  const wrong = unwell(findings);
  return wrong.length === 0
    ? `${name} is as declared: ${findings.length} things looked at.`
    : `${name} is not as declared: ${wrong.length} of ${findings.length} things are not well.`;
}

function secondsOf(given: string): number {
  const seconds = Number(given);
  if (!(seconds >= 0)) {
    throw new InvalidArgumentError("Write a number of seconds.");
  }
  return seconds;
}
