import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scripts } from "../package.json";
import { type Cost, measure, median } from "./measure";

const RUNS = 7;
/** Of a stack, as a share of what the program of one resource takes (docs/decisions/0037-time-of-tests-and-synthesis.md). */
const TARGET_SHARE = 0.12;

/** What the project's own script names, and what stands for it in a program with one resource. */
const BARE = {
  "tsconfig.synth.json": "bench/bare/tsconfig.json",
  "synth.tsbuildinfo": "bare.tsbuildinfo",
  "main.ts": "bench/bare/main.ts",
} as const;

const PROGRAMS = {
  "every stack of every environment": scripts.synth,
  "one resource": Object.entries(BARE).reduce(replaceOnce, scripts.synth),
} as const;

type ProgramName = keyof typeof PROGRAMS;

/**
 * Synthesises this project and a bare program in turn, so that both meet the same machine.
 */
function main(): void {
  const outdir = mkdtempSync(join(tmpdir(), "sprocket-bench-"));
  const costs = Object.fromEntries(Object.keys(PROGRAMS).map((name) => [name, [] as Cost[]])) as Record<
    ProgramName,
    Cost[]
  >;
  let stacks = 0;
  try {
    // The first round warms the file caches and is not counted.
    for (let round = 0; round <= RUNS; round += 1) {
      for (const [name, line] of Object.entries(PROGRAMS)) {
        const cost = measure(line, { CDKTF_OUTDIR: outdir });
        if (round > 0) {
          costs[name as ProgramName].push(cost);
        }
      }
    }
    // The bare program's is one of them.
    stacks = readdirSync(join(outdir, "stacks")).length - 1;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
  for (const [name, measured] of Object.entries(costs)) {
    console.log(`${name.padEnd(34)} ${describe(measured)}`);
  }
  const ratio = median(
    costs["every stack of every environment"].map(
      ({ seconds }, round) => seconds / (costs["one resource"][round]?.seconds ?? Number.NaN),
    ),
  );
  const share = (ratio - 1) / stacks;
  console.log(`ratio, median of ${RUNS} pairs: ${ratio.toFixed(2)}`);
  console.log(
    `of the one resource's time for each of ${stacks} stacks: ${share.toFixed(3)} (target: at most ${TARGET_SHARE})`,
  );
}

/** @throws Error when there is nothing to replace, because then a program would be compared with itself */
function replaceOnce(line: string, [name, replacement]: [string, string]): string {
  if (!line.includes(name)) {
    throw new Error(
      `the script "synth" in package.json does not name ${name} any more; correct BARE in bench/synth.ts`,
    );
  }
  return line.replace(name, replacement);
}

function describe(costs: readonly Cost[]): string {
  const seconds = `${median(costs.map((cost) => cost.seconds)).toFixed(2)} s`;
  const peaks = costs.map(({ peakMebibytes }) => peakMebibytes).filter((peak) => peak !== undefined);
  return `${seconds}, peak ${peaks.length > 0 ? `${median(peaks).toFixed(0)} MiB` : "memory unknown: GNU time is not installed"}`;
}

main();
