import { plainTable } from "../ops/plain-table";
import { type Failures, inWords, numberOf, together } from "./failures";
import type { Load, Sample } from "./load";
import { median } from "./measure";

/** A way to the application. */
export type Way = "direct" | "ingress";

/** What was measured, and under what circumstances. */
export interface Measurement extends Load {
  readonly environment: string;
  readonly host: string;
  readonly path: string;
  readonly replicas: number;
  /** What each container of the ingress and of the application may use at most, by service. */
  readonly limits: Readonly<Record<string, { readonly cpus: number; readonly memoryBytes: number }>>;
  /** How many processors the machine has that sends the load. */
  readonly cpus: number;
  /** How many pairs were to be measured. */
  readonly pairs: number;
  /** In the order in which they were measured. */
  readonly samples: Readonly<Record<Way, readonly Sample[]>>;
  /** What was sent before and after, of which only the failures count. */
  readonly uncounted: Readonly<Record<Way, readonly Sample[]>>;
  /** What became of the containers meanwhile. */
  readonly ends: readonly string[];
  /** Why the application was not reached past the ingress; undefined where it was. */
  readonly withoutDirect: string | undefined;
}

/** What the runs of one way come to. */
export interface Summary {
  readonly way: Way;
  readonly runs: number;
  /** Medians of the runs; undefined where a run has no answer at all, or there was no run. */
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  readonly p99: number | undefined;
  readonly requestsPerSecond: number | undefined;
  /** Of all runs, and of what was sent before and after them. */
  readonly failures: Failures;
  readonly failed: number;
}

const HEADER = ["WAY", "RUNS", "P50", "P95", "P99", "REQUESTS/S", "FAILED"];
const FAILED_WIDTH = 10;
const MEBIBYTE = 1024 ** 2;

/** What the runs of each way come to, where there was one. */
export function summariesOf({ samples, uncounted }: Pick<Measurement, "samples" | "uncounted">): readonly Summary[] {
  return (["direct", "ingress"] as const)
    .filter((way) => samples[way].length + uncounted[way].length > 0)
    .map((way) => summaryOf(way, samples[way], uncounted[way]));
}

function summaryOf(way: Way, samples: readonly Sample[], uncounted: readonly Sample[]): Summary {
  const failures = together([...uncounted, ...samples].map((sample) => sample.failures));
  return {
    way,
    runs: samples.length,
    p50: middle(samples.map(({ latency }) => latency?.p50)),
    p95: middle(samples.map(({ latency }) => latency?.p95)),
    p99: middle(samples.map(({ latency }) => latency?.p99)),
    requestsPerSecond: middle(samples.map(({ answered, seconds }) => answered / seconds)),
    failures,
    failed: numberOf(failures),
  };
}

/** Whether the ingress answered every request, and nothing broke under the load. */
export function isBorne(measurement: Pick<Measurement, "samples" | "uncounted" | "ends" | "pairs">): boolean {
  const ingress = summariesOf(measurement).find(({ way }) => way === "ingress");
  return ingress?.failed === 0 && ingress.runs === measurement.pairs && measurement.ends.length === 0;
}

/** The whole of it, for people. */
export function textOf(measurement: Measurement): string {
  const summaries = summariesOf(measurement);
  return [
    ...circumstances(measurement),
    "",
    plainTable([HEADER, ...summaries.map(rowOf)], FAILED_WIDTH),
    ...summaries.flatMap(({ way, failures }) => inWords(failures).map((kind) => `${way}: ${kind}`)),
    ...measurement.ends,
    isBorne(measurement) ? "The ingress answered every request." : `The ingress does not bear this load here.`,
  ].join("\n");
}

function circumstances(measurement: Measurement): readonly string[] {
  const { environment, host, path, connections, seconds, ramp, rate, pairs, replicas, limits, cpus, withoutDirect } =
    measurement;
  const sending =
    rate === 0 ? "each with its next request as soon as the last is answered" : `${rate} requests/s at most in all`;
  return [
    `${environment}: ${path} of ${host}, on ${connections} connections that stay open, ${sending}.`,
    `Runs of ${seconds} s, ${pairs} of each way, in turn, each after ${ramp} s in which the connections are opened: medians of the runs, latencies in ms. Failures include those of these ${ramp} s and of the warm-up.`,
    `Running containers of the application: ${replicas}. Limits of a container: ${Object.entries(limits)
      .map(([name, { cpus, memoryBytes }]) => `${name} ${cpus} CPUs, ${memoryBytes / MEBIBYTE} MiB`)
      .join("; ")}.`,
    `This machine has ${cpus} CPUs; what sends the load shares them with what answers, if that is the same machine.`,
    ...(withoutDirect === undefined ? [] : [`The ingress alone was measured: ${withoutDirect}.`]),
  ];
}

function rowOf({ way, runs, p50, p95, p99, requestsPerSecond, failed }: Summary): string[] {
  return [way, String(runs), ...[p50, p95, p99, requestsPerSecond].map(rounded), String(failed)];
}

function rounded(value: number | undefined): string {
  return value === undefined ? "-" : value.toFixed(0);
}

function middle(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 && known.length === values.length ? median(known) : undefined;
}
