import { execFile } from "node:child_process";
import { terraformVariables } from "./terraform/variables";

const MOST_OUTPUT_BYTES = 64 * 1024 * 1024;

/** How a program ended. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  /** How long it may take. */
  readonly seconds: number;
  /** @default - the one of this process */
  readonly folder?: string;
  /** What its environment has beside this process' own. @default - nothing */
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * Runs a program to its end, or ends it when its time is up.
 *
 * @throws Error when it cannot be started, or took too long
 */
export function runProgram(
  program: string,
  args: readonly string[],
  { seconds, folder, variables = {} }: RunOptions,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      {
        cwd: folder,
        env: { ...terraformVariables(), ...variables },
        timeout: seconds * 1000,
        killSignal: "SIGKILL",
        maxBuffer: MOST_OUTPUT_BYTES,
      },
      (error, stdout, stderr) => {
        if (error?.killed) {
          reject(new Error(`${program} took longer than ${seconds} s`));
        } else if (error !== null && typeof error.code !== "number") {
          reject(error);
        } else {
          resolve({ exitCode: Number(error?.code ?? 0), stdout, stderr });
        }
      },
    );
  });
}
