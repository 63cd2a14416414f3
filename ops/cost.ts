import type { Command } from "commander";
import type { Environment } from "../config/schema";
import { ASSUMPTIONS } from "./cost/assumptions";
import { costText } from "./cost/cost-text";
import { estimateOf, synthesisedLayers } from "./cost/estimate";
import { oldestOf } from "./cost/price";
import { Declaration } from "./declaration/declaration";
import { environmentArgument } from "./environment-argument";
import { examples } from "./help";

const EXPLANATION = `
The exit code is 0, and 1 when there is a resource of which nobody has written down what it costs.`;

/** `ops cost`: what a month of an environment costs, before anybody pays for it. */
export function addCostCommand(program: Command): void {
  program
    .command("cost")
    .description("Shows what a month of an environment costs, by its resources as they are synthesised. Asks nobody.")
    .addArgument(environmentArgument())
    .option("--json", "print it as JSON")
    .addHelpText("after", EXPLANATION)
    .addHelpText("after", examples("npm run ops -- cost production", "npm run --silent ops -- cost production --json"))
    .action((environment: Environment, { json = false }: { json?: boolean }) => {
      const estimate = estimateOf(synthesisedLayers(Declaration.of(environment)));
      console.log(
        json
          ? JSON.stringify(
              {
                environment: environment.name,
                ...estimate,
                assumptions: ASSUMPTIONS,
                oldestPrice: oldestOf(estimate.lines.map(({ price }) => price)) ?? null,
              },
              null,
              2,
            )
          : costText(environment.name, estimate, new Date()),
      );
    });
}
