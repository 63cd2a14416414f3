import type { Command } from "commander";
import { FaultsError } from "../config/faults";
import type { Environment } from "../config/schema";
import { LABELS } from "../constructs/apps/labels";
import { Declaration } from "./declaration/declaration";
import { environmentArgument } from "./environment-argument";
import { examples } from "./help";
import { publicPages } from "./public-pages";

/** `ops open`: an environment's page in the browser. */
export function addOpenCommand(program: Command): void {
  program
    .command("open")
    .description("Opens a page of an environment in the browser, and prints its URL.")
    .addArgument(environmentArgument())
    .argument("[host]", "what begins the host, such as api or traefik; the web page's unless named", LABELS.web)
    .option("--print", "only print the URL")
    .addHelpText("after", examples("npm run ops -- open local", "npm run --silent ops -- open local api --print"))
    .action(async (environment: Environment, host: string, { print = false }: { print?: boolean }) => {
      const url = urlOf(environment, host);
      console.log(url);
      if (!print) {
        const { default: open } = await import("open");
        await open(url);
      }
    });
}

function urlOf(environment: Environment, host: string): string {
  const pages = publicPages(Declaration.of(environment));
  const page = pages.find(({ label }) => label === host);
  if (page === undefined) {
    const known = pages.map(({ label, url }) => `${label} (${url})`).join(", ");
    throw new FaultsError("ops open", [
      { where: host, message: `${environment.name} has no such host; write ${known}` },
    ]);
  }
  return page.url;
}
