import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";

/** How a process ended. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Surroundings {
  readonly cwd?: string;
  /**
   * Its environment variables, beside `PATH`.
   *
   * @default - none
   */
  readonly variables?: Readonly<Record<string, string>>;
}

/** A process that goes on. */
export interface Started {
  readonly child: ChildProcess;
  readonly outcome: Promise<Outcome>;
}

/** Runs Node.js to its end. */
export function outcomeOf(args: readonly string[], surroundings?: Surroundings): Promise<Outcome> {
  return started(args, surroundings).outcome;
}

/**
 * Starts a command of `ops` as a person does who has no terminal. It takes a second to start: for what a process of its
 * own is for, such as signals. Everything else is for `ops` of ops-command.ts.
 *
 * @param words what is written after `ops`
 * @param variables its environment variables, beside `PATH`
 * @param options of Node.js
 */
export function startedOps(
  words: readonly string[],
  variables?: Readonly<Record<string, string>>,
  options: readonly string[] = [],
): Started {
  const args = ["--import", "tsx", ...options, "ops/main.ts", ...words];
  return started(args, { cwd: resolve(__dirname, "../.."), variables });
}

/** Starts Node.js. */
export function started(args: readonly string[], { cwd, variables = {} }: Surroundings = {}): Started {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      output[stream] += text;
    });
  }
  const outcome = new Promise<Outcome>((done, fail) => {
    child.on("error", fail).on("close", (status) => done({ status, ...output }));
  });
  return { child, outcome };
}
