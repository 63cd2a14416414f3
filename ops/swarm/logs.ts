import type Docker from "dockerode";
import { type Frame, framesOf } from "./frames";

/** The stream in which Docker says what it could not get. */
const DOCKER_ITSELF = 3;
const TASK_DETAIL = "com.docker.swarm.task.id";
/** For the last lines of something that failed, which are worth no long wait. */
const LAST_LINES_MILLISECONDS = 5_000;

/** A line that a container of a service wrote. */
export interface LogLine {
  /** When, in RFC 3339 and UTC, so that it sorts as text. */
  readonly time: string;
  /** The id of the container's task; undefined for what Docker itself says of the log. */
  readonly task: string | undefined;
  readonly text: string;
}

/** Which lines of a service are asked for. */
export interface LogSelection {
  /** How many of the last lines of each of its containers. */
  readonly tail: number;
  /**
   * Only lines from then on.
   *
   * @default - however old they are
   */
  readonly since?: Date;
  /** Ends the question. */
  readonly signal?: AbortSignal;
}

/**
 * The last lines of a service, oldest first, whichever of its containers wrote them: also of former ones, as long as
 * Swarm has them. What is longer than 16 KiB comes in pieces, as Docker keeps it.
 *
 * @param service its name or id
 * @param selection where `tail` is how many lines of all containers together
 * @throws Error when Docker does not answer, or does not know it
 */
export async function logLines(docker: Docker, service: string, selection: LogSelection): Promise<readonly LogLine[]> {
  const answer = await docker.getService(service).logs({ ...asked(selection), follow: false });
  const lines: LogLine[] = [];
  // Without follow it comes in one piece, which the types do not say.
  for await (const frame of framesOf([answer as unknown as Buffer])) {
    lines.push(lineOf(frame));
  }
  const written = inOrder(lines.filter(isOfContainer));
  return [
    ...written.slice(Math.max(0, written.length - selection.tail)),
    ...lines.filter((line) => !isOfContainer(line)),
  ];
}

/**
 * The last lines of a service, and then each new one, until the signal or until the service is removed.
 *
 * @param service its name or id
 * @throws Error when Docker does not answer, does not know it, or stops
 */
export async function* followedLines(
  docker: Docker,
  service: string,
  selection: LogSelection,
): AsyncGenerator<LogLine> {
  try {
    const stream = await docker.getService(service).logs({ ...asked(selection), follow: true });
    for await (const frame of framesOf(stream as AsyncIterable<Buffer>)) {
      yield lineOf(frame);
    }
  } catch (error) {
    if (selection.signal?.aborted !== true) {
      throw error;
    }
  }
}

/** Lines by the time at which they were written, oldest first. */
export function inOrder<Line extends LogLine>(lines: readonly Line[]): readonly Line[] {
  return lines.toSorted((a, b) => (a.time < b.time ? -1 : Number(a.time > b.time)));
}

/**
 * What a service wrote last, for a message about its failure.
 *
 * @param service its name or id
 * @param count how many lines at most
 * @returns the newest last; none where there are none, or where Docker does not give them within 5 s
 */
export async function lastLines(
  docker: Docker,
  service: string,
  count: number,
  since?: Date,
): Promise<readonly string[]> {
  try {
    const signal = AbortSignal.timeout(LAST_LINES_MILLISECONDS);
    const lines = await logLines(docker, service, { tail: count, since, signal });
    return lines.filter(isOfContainer).map(({ text }) => text);
  } catch {
    return [];
  }
}

function isOfContainer({ task }: LogLine): boolean {
  return task !== undefined;
}

function asked({ tail, since, signal }: LogSelection): Docker.ContainerLogsOptions {
  return {
    stdout: true,
    stderr: true,
    timestamps: true,
    details: true,
    tail,
    ...(since && { since: Math.floor(since.getTime() / 1000) }),
    ...(signal && { abortSignal: signal }),
  };
}

/** A frame is the time, what Docker knows of the container, and what that wrote, with a space between them. */
function lineOf({ stream, content }: Frame): LogLine {
  const text = content.toString("utf8").replace(/\r?\n$/, "");
  if (stream === DOCKER_ITSELF) {
    return { time: new Date().toISOString(), task: undefined, text };
  }
  const [, time = "", details = "", written = ""] = /^(\S*) (\S*) (.*)$/s.exec(text) ?? [];
  return { time, task: new URLSearchParams(details.replaceAll(",", "&")).get(TASK_DETAIL) ?? undefined, text: written };
}
