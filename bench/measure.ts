import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** GNU's, which asks the kernel for the largest process among all that a command started. */
const TIME = "/usr/bin/time";

/** What a command took. */
export interface Cost {
  readonly seconds: number;
  /** The peak memory of its largest process, in MiB; undefined where GNU time is not installed. */
  readonly peakMebibytes: number | undefined;
}

/**
 * Runs a shell line to its end and measures it.
 *
 * @throws Error with what it printed, when it fails
 */
export function measure(line: string, environment: NodeJS.ProcessEnv = {}): Cost {
  const measured = existsSync(TIME);
  const [program, ...args] = measured ? [TIME, "-f", "%M", "sh", "-c", `${line} >&2`] : ["sh", "-c", line];
  const started = performance.now();
  // GNU time prints to the standard error; what the line prints there comes before it.
  const printed = execFileSync("sh", ["-c", 'exec "$@" 2>&1', "sh", program as string, ...args], {
    env: { ...process.env, ...environment },
    encoding: "utf8",
  });
  const seconds = (performance.now() - started) / 1000;
  const kibibytes = Number(printed.trim().split("\n").at(-1));
  return { seconds, peakMebibytes: measured ? kibibytes / 1024 : undefined };
}

/** The middle one of several numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
