import { RUNNING, WANTED_REPLICAS } from "../rules/services";
import { containerPanels } from "./container-panels";
import type { DashboardSource } from "./dashboard";
import { LACKING, perSecond, starts } from "./expressions";
import { chart, table } from "./panel";

const EVERY_SERVICE = 'service!=""';

/** The machine, and the services on it. */
export const swarm: DashboardSource = {
  uid: "swarm",
  title: "Swarm",
  description: "What the machine has left, and how every service on it does.",
  sections: () => [
    {
      heading: "Machine",
      lines: [
        [
          chart("Processors", {
            description: "Stolen is what other machines of the same host took.",
            unit: "percent",
            limits: { above: { red: 90 } },
            queries: {
              busy: "100 - min(cpu_usage_idle)",
              "waiting for disks": "max(cpu_usage_iowait)",
              stolen: "max(cpu_usage_steal)",
            },
          }),
          chart("Memory", {
            unit: "percent",
            limits: { above: { orange: 85, red: 95 } },
            queries: { used: "100 - min(mem_available_percent)", "swap used": "max(swap_used_percent)" },
          }),
          chart("Load, for each processor", {
            description: "Above 1 work waits for a processor, or for a disk.",
            unit: "short",
            queries: {
              "1 minute": "max(system_load1 / system_n_cpus)",
              "5 minutes": "max(system_load5 / system_n_cpus)",
            },
          }),
        ],
        [
          chart("Disks, used", {
            description: "Of images, containers and logs, and of volumes; both may be one.",
            unit: "percent",
            limits: { above: { orange: 80, red: 90 } },
            queries: { "{{holds}}": "max by (holds) (disk_used_percent)" },
          }),
          chart("Network", {
            unit: "Bps",
            queries: {
              "{{interface}} in": `sum by (interface) (${perSecond("net_bytes_recv")})`,
              "{{interface}} out": `sum by (interface) (${perSecond("net_bytes_sent")})`,
            },
          }),
          chart("Packets dropped", {
            unit: "ops",
            queries: {
              "{{interface}} in": `sum by (interface) (${perSecond("net_drop_in")})`,
              "{{interface}} out": `sum by (interface) (${perSecond("net_drop_out")})`,
            },
          }),
        ],
      ],
    },
    {
      heading: "Services",
      lines: [
        [
          table("Services", {
            description:
              "Started counts containers within the last hour. A service without a wanted number may be off, or has one container on each machine.",
            labels: { service: "Service" },
            columns: {
              Wanted: { unit: "none", query: `max by (service) (${WANTED_REPLICAS})` },
              Running: { unit: "none", query: RUNNING },
              Lacking: { unit: "none", limits: { above: { red: 1 } }, query: LACKING },
              Started: { unit: "none", query: starts(EVERY_SERVICE) },
              "Memory, of its limit": {
                unit: "percent",
                limits: { above: { red: 90 } },
                query: containers("max", "mem_usage_percent"),
              },
              Memory: { unit: "bytes", query: containers("sum", "mem_usage") },
              Processor: { unit: "percent", query: containers("sum", "cpu_usage_percent") },
            },
            sortBy: "Service",
            height: 16,
          }),
        ],
        containerPanels(EVERY_SERVICE),
        [
          chart("Network, in", { unit: "Bps", queries: { "{{service}}": traffic("rx_bytes") } }),
          chart("Network, out", { unit: "Bps", queries: { "{{service}}": traffic("tx_bytes") } }),
        ],
      ],
    },
  ],
};

function containers(how: "max" | "sum", field: string): string {
  return `${how} by (service) (docker_container_${field}{${EVERY_SERVICE},container_status="running"})`;
}

function traffic(field: string): string {
  return `sum by (service) (${perSecond(`docker_container_net_${field}{${EVERY_SERVICE}}`)})`;
}
