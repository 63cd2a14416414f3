import { setTimeout as sleep } from "node:timers/promises";
import type Docker from "dockerode";
import { framesOf } from "./frames";

const STDOUT = 1;
const PAUSE_MILLISECONDS = 50;

/** How a program in a container ended. */
export interface Execution {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program in a container that runs, without input.
 *
 * @param seconds how long to wait for its end; the program itself is not ended then
 * @throws Error when it does not end in time, or when Docker does not answer or cannot start it
 */
export async function execute(
  docker: Docker,
  container: string,
  command: readonly string[],
  seconds: number,
): Promise<Execution> {
  const signal = AbortSignal.timeout(seconds * 1000);
  try {
    return await ended(docker, container, command, signal);
  } catch (error) {
    throw signal.aborted ? new Error(`${command[0]} did not end within ${seconds} s`) : error;
  }
}

async function ended(
  docker: Docker,
  container: string,
  command: readonly string[],
  abortSignal: AbortSignal,
): Promise<Execution> {
  const execution = await docker
    .getContainer(container)
    .exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true, abortSignal });
  const stream = await execution.start({ abortSignal });
  const written: Record<"stdout" | "stderr", Buffer[]> = { stdout: [], stderr: [] };
  for await (const { stream: number, content } of framesOf(stream as AsyncIterable<Buffer>)) {
    written[number === STDOUT ? "stdout" : "stderr"].push(content);
  }
  return {
    exitCode: await exitCodeOf(execution, abortSignal),
    stdout: Buffer.concat(written.stdout).toString("utf8"),
    stderr: Buffer.concat(written.stderr).toString("utf8"),
  };
}

/** What a program writes may end a moment before Docker has noticed that the program did. */
async function exitCodeOf(execution: Docker.Exec, abortSignal: AbortSignal): Promise<number> {
  for (;;) {
    const { ExitCode } = await execution.inspect({ abortSignal });
    if (ExitCode !== null) {
      return ExitCode;
    }
    await sleep(PAUSE_MILLISECONDS, undefined, { signal: abortSignal });
  }
}
