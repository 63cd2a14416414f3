import type { Command } from "commander";
import type { Environment } from "../config/schema";
import { Declaration } from "./declaration/declaration";
import { environmentArgument } from "./environment-argument";
import { examples, WHERE_DOCKER_IS_LOOKED_FOR } from "./help";
import { plainTable } from "./plain-table";
import { type PublicPage, publicPages } from "./public-pages";
import { nothingRuns } from "./starting";
import { managerEngine } from "./swarm/engine";
import { observe } from "./swarm/observation";
import { type ServiceStatus, shortImage, statusOf } from "./swarm/service-status";
import { inWords } from "./time-spans";

const HEADER = ["SERVICE", "RUNNING", "IMAGE", "FOR", "LAST PROBLEM"];
const PROBLEM_WIDTH = 60;

/** `ops status`: what runs, at one look. Judges nothing. */
export function addStatusCommand(program: Command): void {
  program
    .command("status")
    .description("Shows the services as the Swarm has them, and the public URLs. Judges nothing: verify does.")
    .addArgument(environmentArgument())
    .option("--json", "print it as JSON")
    .addHelpText("after", examples("npm run ops -- status local", "npm run --silent ops -- status local --json"))
    .addHelpText("after", WHERE_DOCKER_IS_LOOKED_FOR)
    .action(async (environment: Environment, { json = false }: { json?: boolean }) => {
      const { services: observed } = await observe(await managerEngine(environment), environment.prefix);
      const services = observed.map(statusOf).sort((a, b) => (a.service < b.service ? -1 : 1));
      const pages = publicPages(Declaration.of(environment));
      console.log(
        json
          ? JSON.stringify({ services, urls: pages.map(({ url }) => url) }, null, 2)
          : text(environment, services, pages),
      );
    });
}

function text(environment: Environment, services: readonly ServiceStatus[], pages: readonly PublicPage[]): string {
  if (services.length === 0) {
    return nothingRuns(environment);
  }
  const now = new Date();
  return [
    plainTable([HEADER, ...services.map((service) => row(service, now))], PROBLEM_WIDTH),
    ...pages.map(({ url }) => url),
    `\nWhether this is as declared: npm run ops -- verify ${environment.name}`,
  ].join("\n");
}

function row({ service, running, wanted, image, runningSince, lastProblem }: ServiceStatus, now: Date): string[] {
  const age = (then: Date) => inWords((now.getTime() - then.getTime()) / 1000);
  return [
    service,
    `${running}/${wanted}`,
    shortImage(image),
    runningSince === null ? "" : age(runningSince),
    lastProblem === null ? "" : `${age(lastProblem.time)} ago: ${lastProblem.message}`,
  ];
}
