import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { terraformProgram } from "../diagnosis/terraform";
import { type Diagnostic, diagnosticOf, eventOf, type TerraformEvent } from "./event";
import { linesOf } from "./log";
import { terraformVariables } from "./variables";

const MOST_RAW_LINES = 20;

/** A run of Terraform's. */
export interface TerraformRun {
  readonly folder: string;
  /** The file for what Terraform prints. */
  readonly log: string;
  /** Has Terraform stop in good order. */
  readonly signal: AbortSignal;
  readonly onStart?: (pid: number) => void;
  readonly onEvent?: (event: TerraformEvent) => void;
}

/** How Terraform ended. */
export interface TerraformEnd {
  readonly exitCode: number;
  readonly errors: readonly Diagnostic[];
}

/**
 * Runs a command of Terraform's that takes `-json`, to its end.
 *
 * Terraform writes to a file and is in a process group of its own: it would die of a pipe that nobody reads, in the
 * middle of what it does. So it goes on to its end, and its state stays true, if this process is killed.
 *
 * @throws Error when it cannot be started
 */
export async function terraform(
  args: readonly string[],
  { folder, log, signal, onStart, onEvent }: TerraformRun,
): Promise<TerraformEnd> {
  signal.throwIfAborted();
  const output = openSync(log, "w");
  const child = spawn(terraformProgram(), args, {
    cwd: folder,
    detached: true,
    stdio: ["ignore", output, output],
    env: { ...terraformVariables(), TF_IN_AUTOMATION: "1" },
  });
  closeSync(output);
  const interrupt = () => child.kill("SIGINT");
  signal.addEventListener("abort", interrupt, { once: true });
  try {
    await once(child, "spawn");
    const closed = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
    onStart?.(child.pid as number);
    let isOver = false;
    child.on("close", () => {
      isOver = true;
    });
    const errors: Diagnostic[] = [];
    const raw: string[] = [];
    for await (const line of linesOf(log, () => isOver)) {
      const event = eventOf(line);
      const diagnostic = event && diagnosticOf(event);
      if (event === undefined) {
        raw.push(line);
        raw.splice(0, raw.length - MOST_RAW_LINES);
      } else {
        onEvent?.(event);
      }
      if (diagnostic?.severity === "error") {
        errors.push(diagnostic);
      }
    }
    const [exitCode, killedBy] = await closed;
    return { exitCode: exitCode ?? 1, errors: errors.length > 0 ? errors : unsaid(exitCode, killedBy, raw) };
  } finally {
    signal.removeEventListener("abort", interrupt);
  }
}

/** What is known of an end that Terraform itself said nothing of. */
function unsaid(exitCode: number | null, killedBy: NodeJS.Signals | null, raw: readonly string[]): Diagnostic[] {
  const summary = killedBy === null ? `Terraform ended with ${exitCode}` : `Terraform was ended by ${killedBy}`;
  const detail = raw.join("\n").trim();
  return exitCode === 1 || killedBy !== null || detail !== "" ? [{ severity: "error", summary, detail }] : [];
}
