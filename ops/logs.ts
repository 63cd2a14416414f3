import { type Command, InvalidArgumentError } from "commander";
import type Docker from "dockerode";
import { rejectFaults } from "../config/faults";
import type { Environment } from "../config/schema";
import { environmentArgument } from "./environment-argument";
import { examples, WHERE_DOCKER_IS_LOOKED_FOR } from "./help";
import { nothingRuns } from "./starting";
import { ContainerNames, shortName } from "./swarm/container-names";
import { managerEngine } from "./swarm/engine";
import { followedLines, inOrder, type LogLine, logLines } from "./swarm/logs";
import { type ObservedService, observe } from "./swarm/observation";
import { secondsOf } from "./time-spans";

const DEFAULT_TAIL = 100;
const EXAMPLES = examples(
  "npm run ops -- logs local api",
  "npm run ops -- logs local api web --follow",
  "npm run ops -- logs local --since 10m --timestamps",
);

interface Options {
  readonly tail: number;
  readonly since?: Date;
  readonly follow?: boolean;
  readonly timestamps?: boolean;
}

/** `ops logs`: what the containers of an environment wrote, those of former ones too. */
export function addLogsCommand(program: Command): void {
  program
    .command("logs")
    .description("Shows what the services wrote last, the oldest line first.")
    .addArgument(environmentArgument())
    .argument("[service...]", "such as api or sprocket-local-api; all of them unless named")
    .option("--tail <lines>", "how many lines of each service; with --follow, of each container", linesOf, DEFAULT_TAIL)
    .option("--since <duration>", "only what is no older than this, such as 10m, 2h or 1d", sinceOf)
    .option("-f, --follow", "go on with what they write from now on, until interrupted")
    .option("--timestamps", "show when each line was written, in UTC")
    .addHelpText("after", EXAMPLES)
    .addHelpText("after", WHERE_DOCKER_IS_LOOKED_FOR)
    .action(async (environment: Environment, names: readonly string[], options: Options) => {
      endWithReader();
      const docker = await managerEngine(environment);
      const { services } = await observe(docker, environment.prefix);
      const chosen = selected(environment, services, names);
      const print = printerOf(docker, environment, chosen, options);
      await (options.follow === true ? follow(docker, chosen, options, print) : show(docker, chosen, options, print));
    });
}

/** Ends the process once whoever reads its output has seen enough, as `head` does. */
function endWithReader(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") {
      throw error;
    }
    process.exit();
  });
}

type Print = (service: ObservedService, line: LogLine) => Promise<void>;

async function show(docker: Docker, services: readonly ObservedService[], options: Options, print: Print) {
  const lines = await Promise.all(
    services.map(async (service) =>
      (await logLines(docker, service.name, options)).map((line) => ({ ...line, service })),
    ),
  );
  for (const line of inOrder(lines.flat())) {
    await print(line.service, line);
  }
}

async function follow(docker: Docker, services: readonly ObservedService[], options: Options, print: Print) {
  const interrupted = new AbortController();
  process.once("SIGINT", () => interrupted.abort());
  const followed = services.map(async (service) => {
    for await (const line of followedLines(docker, service.name, { ...options, signal: interrupted.signal })) {
      await print(service, line);
    }
  });
  try {
    await Promise.all(followed);
  } finally {
    // Where one fails, the others would go on.
    interrupted.abort();
    await Promise.allSettled(followed);
  }
}

/** Says of each line whose it is, unless all are of one container at a time. */
function printerOf(
  docker: Docker,
  { prefix }: Environment,
  services: readonly ObservedService[],
  { timestamps = false }: Options,
): Print {
  const isOne = services.length === 1 && services[0]?.wanted === 1;
  const names = new ContainerNames(docker, prefix);
  const width = Math.max(...services.map(({ name }) => `${shortName(prefix, name)}.1`.length));
  return async ({ name }, { time, task, text }) => {
    const whose = isOne ? [] : [(await names.of(name, task)).padEnd(width), "|"];
    console.log([...whose, ...(timestamps ? [time] : []), text].join(" "));
  };
}

function selected(
  environment: Environment,
  services: readonly ObservedService[],
  names: readonly string[],
): readonly ObservedService[] {
  if (services.length === 0) {
    rejectFaults("ops logs", [{ where: environment.name, message: nothingRuns(environment) }]);
  }
  const known = services.map(({ name }) => shortName(environment.prefix, name)).sort();
  const wanted = names.map((name) => shortName(environment.prefix, name));
  rejectFaults(
    "ops logs",
    wanted
      .filter((name) => !known.includes(name))
      .map((name) => ({ where: name, message: `is no service of ${environment.name}; write ${known.join(", ")}` })),
  );
  return wanted.length === 0
    ? services
    : services.filter(({ name }) => wanted.includes(shortName(environment.prefix, name)));
}

function linesOf(given: string): number {
  if (!/^\d+$/.test(given)) {
    throw new InvalidArgumentError("Write a number of lines.");
  }
  return Number(given);
}

function sinceOf(given: string): Date {
  const seconds = secondsOf(given);
  if (seconds === undefined) {
    throw new InvalidArgumentError("Write a number and s, m, h or d, such as 10m.");
  }
  return new Date(Date.now() - seconds * 1000);
}
