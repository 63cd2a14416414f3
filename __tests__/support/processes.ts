import { type ChildProcess, spawn } from "node:child_process";

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
