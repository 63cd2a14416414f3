import { type Command, InvalidArgumentError } from "commander";
import { rejectFaults } from "../config/faults";
import type { Environment } from "../config/schema";
import { Declaration } from "./declaration/declaration";
import { environmentArgument } from "./environment-argument";
import { examples, WHERE_DOCKER_IS_LOOKED_FOR } from "./help";
import { assessmentOf } from "./objectives/assessment";
import { assessmentText } from "./objectives/assessment-text";
import { measurementsOf } from "./objectives/measurement";
import { type Month, monthNamed, monthOf } from "./objectives/month";
import { managerEngine, timeOf } from "./swarm/engine";

const EXPLANATION = `
Months are those of UTC. The exit code is 0 when every objective is met, and 1 when one is not or was not measured.`;
const EXAMPLES = examples(
  "npm run ops -- slo local",
  "npm run ops -- slo production --month 2026-10",
  "npm run --silent ops -- slo production --month 2026-10 --json",
);

interface Options {
  readonly month?: Month;
  readonly json?: boolean;
}

/** `ops slo`: whether a month was as Sprocket promises. */
export function addSloCommand(program: Command): void {
  program
    .command("slo")
    .description("Shows whether a month met the service level objectives, and what is left of its error budget.")
    .addArgument(environmentArgument())
    .option("--month <month>", "such as 2026-10; the current one so far, unless given", monthWritten)
    .option("--json", "print it as JSON")
    .addHelpText("after", EXPLANATION)
    .addHelpText("after", EXAMPLES)
    .addHelpText("after", WHERE_DOCKER_IS_LOOKED_FOR)
    .action(async (environment: Environment, { month: wanted, json = false }: Options) => {
      const docker = await managerEngine(environment);
      const now = await timeOf(docker);
      const month = wanted ?? monthOf(now);
      rejectFaults("ops slo", futureFaults(month, now));
      const until = now < month.end ? now : month.end;
      const measurements = await measurementsOf(docker, Declaration.of(environment), month, until);
      const assessment = assessmentOf(month, until, measurements);
      console.log(
        json
          ? JSON.stringify({ environment: environment.name, ...assessment }, null, 2)
          : assessmentText(environment.name, assessment),
      );
      process.exitCode = assessment.met ? 0 : 1;
    });
}

function futureFaults(month: Month, now: Date) {
  return month.start <= now
    ? []
    : [{ where: "--month", message: `${month.name} has not begun; write ${monthOf(now).name} or an earlier one` }];
}

function monthWritten(given: string): Month {
  const month = monthNamed(given);
  if (month === undefined) {
    throw new InvalidArgumentError("Write a year and a month, such as 2026-10.");
  }
  return month;
}
