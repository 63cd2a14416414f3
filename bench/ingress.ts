import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { Command, InvalidArgumentError } from "commander";
import { selectEnvironments } from "../config/environments";
import { FaultsError } from "../config/faults";
import type { Environment } from "../config/schema";
import { environmentArgument } from "../ops/environment-argument";
import { examples } from "../ops/help";
import { OperatorError } from "../ops/operator-error";
import { managerEngine } from "../ops/swarm/engine";
import { inWords, numberOf } from "./failures";
import { IngressSubject, remedyOf } from "./ingress-subject";
import { isBorne, type Measurement, summariesOf, textOf, type Way } from "./ingress-summary";
import { type Load, type Sample, send, type Target } from "./load";

const USUAL_ENVIRONMENT = "local";
const WARM_UP_SECONDS = 3;
/** In less, an answer that does not come could not be told from one that takes its time. */
const SHORTEST_SECONDS = 2;
/** One request after another, to see whether there is an answer at all. */
const TRIAL: Load = { connections: 1, seconds: SHORTEST_SECONDS, ramp: 0, rate: 0 };
/** For what a process has open beside its connections. */
const OTHER_FILES = 100;

interface Options extends Omit<Load, "rate"> {
  readonly rate?: number;
  readonly pairs: number;
  readonly json?: boolean;
}

/** One after another, so that both ways meet the same machine. */
interface Run {
  readonly way: Way;
  readonly target: Target;
  readonly load: Load;
  readonly counts: boolean;
  readonly what: string;
}

function program(): Command {
  const environment = environmentArgument()
    .argOptional()
    .default(
      selectEnvironments(undefined).find(({ name }) => name === USUAL_ENVIRONMENT),
      USUAL_ENVIRONMENT,
    );
  return new Command("bench:ingress")
    .description(
      "Loads the web application of a running environment by the ingress and past it, in turn, and compares. " +
        "It may be more than the environment bears: use none that people need.",
    )
    .addArgument(environment)
    .option("--connections <number>", "how many at once", atLeast(1), 1000)
    .option("--seconds <number>", "how long each run is", atLeast(SHORTEST_SECONDS), 10)
    .option("--ramp <number>", "in how many seconds before each run the connections are opened", atLeast(0), 3)
    .option(
      "--rate <number>",
      "how many requests a second all connections send together; 0: each the next as soon as the last is answered " +
        "(default: as many as connections)",
      atLeast(0),
    )
    .option("--pairs <number>", "how many runs of each way", atLeast(1), 3)
    .option("--json", "print it as JSON")
    .addHelpText("after", examples("npm run bench:ingress", "npm run bench:ingress -- local --rate 0"))
    .action(main);
}

async function main(environment: Environment, options: Options): Promise<void> {
  const load = loadOf(options);
  checkFiles(load.connections);
  const subject = await IngressSubject.of(await managerEngine(environment), environment);
  const measurement = await measurementOf(subject, load, options.pairs);
  console.log(
    options.json === true
      ? JSON.stringify({ ...measurement, summaries: summariesOf(measurement) }, null, 2)
      : textOf(measurement),
  );
  process.exitCode = isBorne(measurement) ? 0 : 1;
}

async function measurementOf(subject: IngressSubject, load: Load, pairs: number): Promise<Measurement> {
  const { environment, route, replicas, limits, ingress } = subject;
  const problem = await problemOf(ingress);
  if (problem !== undefined) {
    throw new OperatorError(`The ingress does not answer well: ${problem}. ${remedyOf(environment)}`);
  }
  const direct = await reachable(subject);
  const ways = [...(typeof direct === "string" ? [] : [["direct", direct] as const]), ["ingress", ingress] as const];
  const samples: Record<Way, Sample[]> = { direct: [], ingress: [] };
  const uncounted: Record<Way, Sample[]> = { direct: [], ingress: [] };
  const started = new Date();
  let ends: readonly string[] = [];
  for (const run of runsOf(ways, load, pairs)) {
    const { way, target, counts, what } = run;
    console.error(`${what}, ${way}: ${run.load.connections} connections, ${run.load.seconds} s`);
    (counts ? samples : uncounted)[way].push(await send(target, run.load));
    ends = await subject.endsSince(started);
    // Swarm starts it again, and more load would only end it again.
    if (ends.length > 0) {
      break;
    }
  }
  return {
    environment: environment.name,
    host: route.host,
    path: route.probe.path,
    replicas,
    limits,
    cpus: availableParallelism(),
    ...load,
    pairs,
    samples,
    uncounted,
    ends,
    withoutDirect: typeof direct === "string" ? direct : undefined,
  };
}

function runsOf(ways: readonly (readonly [Way, Target])[], load: Load, pairs: number): readonly Run[] {
  const round = (what: string, load: Load, counts: boolean) =>
    ways.map(([way, target]): Run => ({ way, target, load, counts, what }));
  return [
    ...round("warm-up", { ...load, seconds: WARM_UP_SECONDS }, false),
    ...Array.from({ length: pairs }, (_, pair) => round(`pair ${pair + 1} of ${pairs}`, load, true)).flat(),
    // What the load broke may show only now.
    ...round("afterwards", TRIAL, false),
  ];
}

/** The way past the ingress, or why there is none. */
async function reachable(subject: IngressSubject): Promise<Target | string> {
  const direct = await subject.direct();
  if (direct === undefined) {
    return "not every container of the application has an address on this machine";
  }
  const problem = await problemOf(direct);
  return problem === undefined ? direct : `the application's containers do not answer this machine: ${problem}`;
}

async function problemOf(target: Target): Promise<string | undefined> {
  const { answered, failures } = await send(target, TRIAL);
  if (numberOf(failures) > 0) {
    return inWords(failures).join(", ");
  }
  return answered === 0 ? "no answer" : undefined;
}

/** @throws OperatorError when there are too few requests for the connections */
function loadOf({ connections, seconds, ramp, rate = connections }: Options): Load {
  if (rate > 0 && rate < connections) {
    throw new OperatorError(
      `Each connection sends at least one request a second: write a --rate of at least ${connections}, or of 0, or ` +
        "fewer --connections.",
    );
  }
  return { connections, seconds, ramp, rate };
}

/** @throws OperatorError when this process may not have so many connections */
function checkFiles(connections: number): void {
  // Those of the run before may not be closed yet.
  const wanted = 2 * connections + OTHER_FILES;
  // Node cannot say it, and what a process starts has the same limit.
  const limit = execFileSync("sh", ["-c", "ulimit -n"], { encoding: "utf8" }).trim();
  if (Number(limit) < wanted) {
    throw new OperatorError(
      `${connections} connections need ${wanted} open files, and this process may have ${limit}. ` +
        `Raise that with: ulimit -n ${wanted}; or write fewer --connections.`,
    );
  }
}

function atLeast(least: number): (given: string) => number {
  return (given) => {
    const number = Number(given);
    if (!Number.isInteger(number) || number < least) {
      throw new InvalidArgumentError(`Write a whole number of at least ${least}.`);
    }
    return number;
  };
}

program()
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof FaultsError || error instanceof OperatorError ? error.message : error);
    process.exitCode = 1;
  });
