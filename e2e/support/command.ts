import { execFile } from "node:child_process";

/** How a program ended. */
export interface Outcome {
  readonly exitCode: number;
  /** What it printed, errors included. */
  readonly output: string;
  /** What it printed to its standard output alone. */
  readonly stdout: string;
  readonly seconds: number;
}

export interface CommandOptions {
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
}

/**
 * Runs a program to its end.
 *
 * @throws Error when it cannot be started
 */
export function run(program: string, args: readonly string[], options: CommandOptions = {}): Promise<Outcome> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      {
        cwd: options.folder,
        env: { ...process.env, CHECKPOINT_DISABLE: "1", ...options.environment },
        timeout: (options.timeoutSeconds ?? 600) * 1000,
        maxBuffer: 64 * 1024 * 1024,
      },
      (error, stdout, stderr) => {
        if (error !== null && typeof error.code === "string") {
          reject(error);
          return;
        }
        resolve({
          exitCode: typeof error?.code === "number" ? error.code : error === null ? 0 : 1,
          output: `${stdout}${stderr}`,
          stdout,
          seconds: (performance.now() - started) / 1000,
        });
      },
    );
  });
}

/**
 * Runs a program that must succeed.
 *
 * @throws Error with what it printed, when it fails
 */
export async function mustRun(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Outcome> {
  const outcome = await run(program, args, options);
  if (outcome.exitCode !== 0) {
    throw new Error(`${program} ${args.join(" ")} ended with ${outcome.exitCode}:\n${outcome.output}`);
  }
  return outcome;
}
