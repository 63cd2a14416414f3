import { failuresOf } from "../../bench/failures";
import { isBorne, type Measurement, summariesOf, textOf } from "../../bench/ingress-summary";
import type { Sample } from "../../bench/load";

const well = failuresOf({ wanted: 200, statuses: [], errors: [], unanswered: 0 });

const sample = (milliseconds: number, changes: Partial<Sample> = {}): Sample => ({
  seconds: 10,
  answered: 10_000 / milliseconds,
  latency: { p50: milliseconds, p95: 2 * milliseconds, p99: 3 * milliseconds },
  failures: well,
  ...changes,
});

const measurement = (changes: Partial<Measurement> = {}): Measurement => ({
  environment: "local",
  host: "localhost",
  path: "/auth/login",
  replicas: 2,
  limits: { "sprocket-local-web": { cpus: 0.5, memoryBytes: 192 * 1024 * 1024 } },
  cpus: 4,
  connections: 1000,
  seconds: 10,
  ramp: 3,
  rate: 1000,
  pairs: 3,
  samples: { direct: [1, 5, 2].map((it) => sample(it)), ingress: [10, 4, 5].map((it) => sample(it)) },
  uncounted: { direct: [sample(100)], ingress: [sample(100)] },
  ends: [],
  withoutDirect: undefined,
  ...changes,
});

const lines = (changes: Partial<Measurement> = {}) =>
  textOf(measurement(changes))
    .split("\n")
    .map((line) => line.trimEnd());

test("each way is summed up by the medians of its runs, without what was sent before them", () => {
  expect(summariesOf(measurement())).toEqual([
    { way: "direct", runs: 3, p50: 2, p95: 4, p99: 6, requestsPerSecond: 500, failures: well, failed: 0 },
    { way: "ingress", runs: 3, p50: 5, p95: 10, p99: 15, requestsPerSecond: 200, failures: well, failed: 0 },
  ]);
});

test("a run without any answer leaves no median of latencies", () => {
  const hung = sample(1, { answered: 0, latency: undefined });
  const [, ingress] = summariesOf(measurement({ samples: { direct: [], ingress: [sample(1), hung] } }));

  expect(ingress).toMatchObject({ p50: undefined, p99: undefined });
});

test("the text says what the numbers are of", () => {
  expect(lines()).toEqual([
    "local: /auth/login of localhost, on 1000 connections that stay open, 1000 requests/s at most in all.",
    expect.stringContaining("Runs of 10 s, 3 of each way, in turn, each after 3 s in which the connections are opened"),
    "Running containers of the application: 2. Limits of a container: sprocket-local-web 0.5 CPUs, 192 MiB.",
    expect.stringContaining("This machine has 4 CPUs; what sends the load shares them"),
    "",
    "WAY      RUNS  P50  P95  P99  REQUESTS/S  FAILED",
    "direct   3     2    4    6    500         0",
    "ingress  3     5    10   15   200         0",
    "",
    "The ingress answered every request.",
  ]);
});

test("without a rate, the text says when the next request is sent", () => {
  expect(lines({ rate: 0 })[0]).toContain("each with its next request as soon as the last is answered");
});

test("without a way past the ingress, that alone is in the table, and why", () => {
  const alone = lines({
    samples: { direct: [], ingress: [sample(1)] },
    uncounted: { direct: [], ingress: [] },
    withoutDirect: "no address",
  });

  expect(alone).toContain("The ingress alone was measured: no address.");
  expect(alone.filter((line) => line.startsWith("direct"))).toEqual([]);
});

test("only what the ingress failed to answer counts against it", () => {
  const failing = sample(1, { failures: { ...well, timeouts: 1 } });
  const three = [1, 2, 3].map((it) => sample(it));

  expect(isBorne(measurement())).toBe(true);
  expect(isBorne(measurement({ samples: { direct: [failing], ingress: three } }))).toBe(true);
  expect(isBorne(measurement({ samples: { direct: three, ingress: [...three.slice(1), failing] } }))).toBe(false);
  expect(isBorne(measurement({ uncounted: { direct: [], ingress: [failing] } }))).toBe(false);
});

test("a container that ended under the load counts against it, and so do runs that were left out", () => {
  const ends = ["a container of sprocket-local-traefik ended: task: non-zero exit (137)"];

  expect(isBorne(measurement({ ends }))).toBe(false);
  expect(isBorne(measurement({ samples: { direct: [], ingress: [sample(1)] } }))).toBe(false);
  expect(lines({ ends }).slice(-2)).toEqual([...ends, "The ingress does not bear this load here."]);
});

test("the kinds of what failed are said below the table", () => {
  const failing = sample(1, { failures: { ...well, statuses: { 502: 7 } } });

  expect(lines({ samples: { direct: [failing], ingress: [failing] } }).slice(-3)).toEqual([
    "direct: 7 answered 502",
    "ingress: 7 answered 502",
    "The ingress does not bear this load here.",
  ]);
});
