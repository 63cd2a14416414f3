import { spawn } from "node:child_process";

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

/** Runs Node.js to its end. */
export function outcomeOf(args: readonly string[], { cwd, variables = {} }: Surroundings = {}): Promise<Outcome> {
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
  return new Promise((done, fail) => {
    child.on("error", fail).on("close", (status) => done({ status, ...output }));
  });
}
