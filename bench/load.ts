import { setTimeout } from "node:timers/promises";
import autocannon from "autocannon";
import { type Failures, failuresOf } from "./failures";

/** Where requests are sent, and what is right. */
export interface Target {
  /** Requests are spread over them evenly. */
  readonly urls: readonly string[];
  readonly host: string;
  /** The status of every answer. */
  readonly status: number;
}

/** How much is sent. */
export interface Load {
  readonly connections: number;
  /** How long it is measured, with all connections open. */
  readonly seconds: number;
  /** In how many whole seconds before that the connections are opened, some at a time; 0 for all at once. */
  readonly ramp: number;
  /**
   * How many requests all connections send together in a second, at most; each sends one at least. 0 where each sends
   * its next one as soon as the last was answered.
   */
  readonly rate: number;
}

/** What one run came to. */
export interface Sample {
  readonly seconds: number;
  /** How many requests were answered as they should be once all connections were open. */
  readonly answered: number;
  /** How long those answers took, in milliseconds; undefined where there was none. */
  readonly latency: Latency | undefined;
  /** From the first connection on. */
  readonly failures: Failures;
}

/** Of 50, 95 and 99 of 100 answers the one that took longest. */
export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Some of the connections of a load, which start together. */
export interface Step {
  /** How many connections start before these. */
  readonly before: number;
  readonly connections: number;
  readonly afterSeconds: number;
  readonly rate: number;
}

const LONGEST_ANSWER_SECONDS = 5;
/** Few enough for any queue of connections that are not accepted yet. */
const STEP_CONNECTIONS = 50;
/** Of whose multiples the parts behind the point are spread evenly, however many there are. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;
/** How soon after its end a step notices that. */
const SAMPLE_MILLISECONDS = 100;

/**
 * Sends requests for a while on connections that stay open.
 *
 * @throws Error when this process may not open as many connections
 */
export async function send(target: Target, load: Load): Promise<Sample> {
  const started = performance.now();
  const watch = new Watch(target.status, started + load.ramp * 1000);
  await Promise.all(stepsOf(load).map((step) => run(step, target, load, watch)));
  if (watch.errors.some(({ code }) => code === "EMFILE")) {
    throw new Error(`this process may not open ${load.connections} connections; raise its limit with ulimit -n`);
  }
  return watch.sample((performance.now() - started) / 1000 - load.ramp);
}

async function run(step: Step, { urls, host }: Target, load: Load, watch: Watch): Promise<void> {
  const { before, connections, afterSeconds, rate } = step;
  await setTimeout(afterSeconds * 1000);
  const first = before % urls.length;
  await autocannon({
    // It takes several, though its types say one. It begins with the first for each step.
    url: [...urls.slice(first), ...urls.slice(0, first)] as unknown as string,
    headers: { host },
    servername: host,
    connections,
    ...(rate > 0 ? { overallRate: rate } : {}),
    duration: load.ramp - afterSeconds + load.seconds,
    sampleInt: SAMPLE_MILLISECONDS,
    // Shorter than a run: whatever hangs until its end would be counted nowhere.
    timeout: longestAnswer(load),
    setupClient: (client) => watch.add(client),
  });
}

/** What its types do not know of a client of autocannon. */
interface Parsing {
  readonly parser: { initialize(type: "RESPONSE"): void };
}

/** What is seen of the requests of all connections. */
class Watch {
  readonly errors: { readonly code?: string }[] = [];
  private readonly latencies: number[] = [];
  private readonly statuses: number[] = [];
  private sent = 0;
  private answered = 0;
  private readonly waiting = new Set<autocannon.Client>();

  constructor(
    private readonly wanted: number,
    /** Only answers after that are measured. */
    private readonly since: number,
  ) {}

  add(client: autocannon.Client): void {
    let sentAt = 0;
    // Its types know only some of the events.
    client.addListener("request", () => {
      // After half an answer it would take the next connection's first for the other half, with no status.
      (client as unknown as Parsing).parser.initialize("RESPONSE");
      sentAt = performance.now();
      this.sent++;
      this.waiting.add(client);
    });
    client.addListener("response", (status: number) => {
      this.answered++;
      this.waiting.delete(client);
      this.read(status, sentAt);
    });
    // It has sent the next request already, or will.
    client.addListener("timeout", () => this.errors.push({}));
    client.addListener("connError", (error: NodeJS.ErrnoException) => {
      // A connection may also break when it waits for nothing.
      if (this.waiting.delete(client)) {
        this.errors.push({ code: error.code ?? error.message });
      }
    });
  }

  sample(seconds: number): Sample {
    const { wanted, statuses, errors, latencies } = this;
    // A connection that waits still has no failure, and one that was closed is opened again without a word.
    const unanswered = Math.max(0, this.sent - this.answered - errors.length - this.waiting.size);
    return {
      seconds,
      answered: latencies.length,
      latency: latencyOf(latencies),
      failures: failuresOf({ wanted, statuses, errors, unanswered }),
    };
  }

  private read(status: number, sentAt: number): void {
    const now = performance.now();
    this.statuses.push(status);
    // It takes the time itself from the wrong request once a connection was closed.
    if (status === this.wanted && now >= this.since) {
      this.latencies.push(now - sentAt);
    }
  }
}

/** In what steps the connections of a load are opened. */
export function stepsOf({ connections, ramp, rate }: Omit<Load, "seconds">): readonly Step[] {
  const number = Math.ceil(connections / STEP_CONNECTIONS);
  const rateOf = (some: number) => Math.floor((some * rate) / connections);
  return Array.from({ length: number }, (_, step) => {
    const before = step * STEP_CONNECTIONS;
    const until = Math.min(connections, before + STEP_CONNECTIONS);
    // With a rate, a step sends at the same time of each second: so that no two do at once.
    const afterSeconds = ramp === 0 ? 0 : Math.floor((step * ramp) / number) + ((step * GOLDEN_RATIO) % 1);
    return { before, connections: until - before, afterSeconds, rate: rateOf(until) - rateOf(before) };
  });
}

/**
 * How many seconds an answer may take before it counts as none: whole ones, of which autocannon cuts off parts. With a
 * rate, a connection may send nothing for a second, and that must not count as waiting.
 */
export function longestAnswer({ seconds, rate }: Pick<Load, "seconds" | "rate">): number {
  return Math.min(LONGEST_ANSWER_SECONDS, Math.max(rate > 0 ? 2 : 1, Math.floor(seconds / 2)));
}

/** @returns undefined for no answers */
export function latencyOf(milliseconds: readonly number[]): Latency | undefined {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
  return sorted.length === 0 ? undefined : { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
