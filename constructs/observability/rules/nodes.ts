import { Duration } from "../../swarm/duration";
import type { AlertRule, RuleGroup, Severity } from "./rule";

/** What goes wrong with machines. */
export function nodeRules(): RuleGroup {
  return {
    name: "nodes",
    rules: [
      disk("DiskFills", "warning", 80),
      disk("DiskFull", "critical", 90),
      memory("MemoryShort", "warning", 15),
      memory("MemoryGone", "critical", 5),
      {
        alert: "ProcessorsBusy",
        severity: "warning",
        expression: "100 - avg_over_time(cpu_usage_idle[15m]) > 90",
        lasts: Duration.minutes(15),
        summary: "The machine's processors were {{ $value | humanize }} % busy in the last 15 minutes.",
      },
    ],
  };
}

function disk(alert: string, severity: Severity, percent: number): AlertRule {
  return {
    alert,
    severity,
    about: "disk",
    expression: `disk_used_percent > ${percent}`,
    lasts: Duration.minutes(5),
    summary: "The disk of {{ $labels.holds }} is {{ $value | humanize }} % full.",
  };
}

function memory(alert: string, severity: Severity, percent: number): AlertRule {
  return {
    alert,
    severity,
    about: "memory",
    expression: `mem_available_percent < ${percent}`,
    lasts: Duration.minutes(5),
    summary: "{{ $value | humanize }} % of the machine's memory is left.",
  };
}
