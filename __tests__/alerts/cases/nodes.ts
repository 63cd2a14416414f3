import { Duration } from "../../../constructs/swarm/duration";
import type { AlertCase, Series, Told } from "../alert-case";
import { always } from "../measured";

const MACHINE = { instance: "node-metrics", job: "node-metrics" };
const BY_TELEGRAF = 'instance="node-metrics",job="node-metrics"';

function disk(percent: number): Series {
  return { [`disk_used_percent{${BY_TELEGRAF},holds="volumes"}`]: always(percent) };
}

function full(percent: number): Told {
  return {
    labels: { ...MACHINE, holds: "volumes" },
    summary: `The disk of volumes is ${percent} % full.`,
  };
}

function memory(percent: number): Series {
  return { [`mem_available_percent{${BY_TELEGRAF}}`]: always(percent) };
}

function left(percent: number): Told {
  return { labels: MACHINE, summary: `${percent} % of the machine's memory is left.` };
}

function idle(percents: string): Series {
  return { [`cpu_usage_idle{cpu="cpu-total",${BY_TELEGRAF}}`]: percents };
}

export const nodeCases: readonly AlertCase[] = [
  { alert: "DiskFills", when: "81 % are taken", series: disk(81), told: [full(81)] },
  { alert: "DiskFills", when: "80 % are taken", series: disk(80), told: [] },
  { alert: "DiskFull", when: "91 % are taken", series: disk(91), told: [full(91)] },
  { alert: "DiskFull", when: "90 % are taken", series: disk(90), told: [] },
  { alert: "MemoryShort", when: "14 % are left", series: memory(14), told: [left(14)] },
  { alert: "MemoryShort", when: "15 % are left", series: memory(15), told: [] },
  { alert: "MemoryGone", when: "4 % are left", series: memory(4), told: [left(4)] },
  { alert: "MemoryGone", when: "5 % are left", series: memory(5), told: [] },
  {
    alert: "ProcessorsBusy",
    when: "they are nearly always busy",
    series: idle(always(9)),
    told: [
      {
        labels: { ...MACHINE, cpu: "cpu-total" },
        summary: "The machine's processors were 91 % busy in the last 15 minutes.",
      },
    ],
  },
  { alert: "ProcessorsBusy", when: "a tenth of their time is left", series: idle(always(10)), told: [] },
  {
    alert: "ProcessorsBusy",
    when: "they are busy for five minutes at a time",
    series: idle("50x40 0x20 50x400"),
    since: Duration.minutes(2),
    told: [],
  },
];
