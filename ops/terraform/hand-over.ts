import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { SIGNALS } from "../deployment/interruption";
import { terraformProgram } from "../diagnosis/terraform";
import { terraformVariables } from "./variables";

/** What comes again within this time is the same wish: npm may hand on what the terminal told this process itself. */
const ECHO_MILLISECONDS = 1_000;
/** What a shell adds to a signal's number for the exit code of what it ended. */
const ENDED_BY_SIGNAL = 128;

/**
 * Lets a person talk to Terraform, and waits until it ended.
 *
 * It is in a process group of its own, so that it hears of Ctrl-C, of a closed terminal and of a plain kill in the same
 * way: once, from here, as an interrupt that it ends on in good order. A second one ends it at once.
 *
 * @param folder the stack's
 * @returns Terraform's exit code
 * @throws Error when it cannot be started
 */
export async function handOver(args: readonly string[], folder: string): Promise<number> {
  const child = spawn(terraformProgram(), args, {
    cwd: folder,
    detached: true,
    stdio: "inherit",
    env: terraformVariables(),
  });
  let told = Number.NEGATIVE_INFINITY;
  const interrupt = () => {
    if (performance.now() - told > ECHO_MILLISECONDS) {
      told = performance.now();
      child.kill("SIGINT");
    }
  };
  for (const name of SIGNALS) {
    process.on(name, interrupt);
  }
  try {
    const [exitCode, killedBy] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
    return exitCode ?? ENDED_BY_SIGNAL + constants.signals[killedBy as NodeJS.Signals];
  } finally {
    for (const name of SIGNALS) {
      process.off(name, interrupt);
    }
  }
}
