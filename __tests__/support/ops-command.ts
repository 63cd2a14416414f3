import { format } from "node:util";
import { SIGNALS } from "../../ops/deployment/interruption";
import { runCommand } from "../../ops/run-command";
import type { Outcome } from "./processes";

/**
 * Runs a command of `ops` as a person does who has no terminal, but in this process, where it takes no second to start.
 * What a test has mocked is so for the command too.
 *
 * @param words what is written after `ops`
 * @param variables its environment variables, beside `PATH`
 */
export async function ops(
  words: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const output = { stdout: "", stderr: "" };
  const restores = [
    ...(["stdin", "stdout", "stderr"] as const).map(withoutTerminal),
    taken(console, "log", (values) => (output.stdout += `${format(...values)}\n`)),
    taken(console, "error", (values) => (output.stderr += `${format(...values)}\n`)),
    taken(process.stdout, "write", (values) => (output.stdout += written(values))),
    taken(process.stderr, "write", (values) => (output.stderr += written(values))),
    processRestored(),
  ];
  process.env = { PATH: process.env.PATH, ...variables };
  process.exitCode = undefined;
  try {
    return { status: await runCommand(words), ...output };
  } finally {
    for (const restore of restores) {
      restore();
    }
  }
}

/** Has what a function is called with taken in place of printed. */
function taken<Name extends string>(
  printer: Readonly<Record<Name, unknown>>,
  name: Name,
  take: (values: readonly unknown[]) => void,
): () => void {
  const original = printer[name];
  Object.assign(printer, {
    [name]: (...values: readonly unknown[]) => {
      take(values);
      return true;
    },
  });
  return () => void Object.assign(printer, { [name]: original });
}

/** The text of a write to a stream, whose writer is told that it was written. */
function written([chunk, ...rest]: readonly unknown[]): string {
  const done = rest.at(-1);
  if (typeof done === "function") {
    done();
  }
  return typeof chunk === "string" ? chunk : Buffer.from(chunk as Uint8Array).toString();
}

/** A person may run the tests in a terminal. */
function withoutTerminal(name: "stdin" | "stdout" | "stderr"): () => void {
  const stream = process[name];
  const { isTTY } = stream;
  stream.isTTY = false;
  return () => {
    stream.isTTY = isTTY;
  };
}

/** Gives the process back what a command leaves in it that ends with its own process. */
function processRestored(): () => void {
  const { env, exitCode } = process;
  const umask = process.umask();
  const listeners = SIGNALS.map((signal) => [signal, process.listeners(signal)] as const);
  return () => {
    Object.assign(process, { env, exitCode });
    process.umask(umask);
    for (const [signal, before] of listeners) {
      for (const listener of process.listeners(signal).filter((each) => !before.includes(each))) {
        process.removeListener(signal, listener);
      }
    }
  };
}
