import { Redis } from "../../data/redis";
import { everyOf } from "../../terraform/every";
import { containerPanels } from "./container-panels";
import type { DashboardSource } from "./dashboard";
import { perSecond, selectorOf, shareOf } from "./expressions";
import { chart, stat } from "./panel";

/** Where matches that are being played are. */
export const redis: DashboardSource = {
  uid: "redis",
  title: "Redis",
  description: "How Redis does, in which the matches are that are being played.",
  sections: (construct) => [
    {
      lines: [
        [
          stat("Memory, of what it may take", {
            description: "When it has none left it refuses to be written to.",
            unit: "percentunit",
            limits: { above: { orange: 0.75, red: 0.95 } },
            queries: { used: "max(redis_used_memory / redis_maxmemory)" },
          }),
          stat("Clients", { unit: "none", queries: { clients: "sum(redis_clients)" } }),
          stat("Commands", {
            unit: "ops",
            queries: { commands: `sum(${perSecond("redis_total_commands_processed")})` },
          }),
          stat("Up for", { unit: "s", queries: { time: "min(redis_uptime)" } }),
        ],
        [
          chart("Memory", {
            unit: "bytes",
            queries: {
              data: "redis_used_memory",
              "taken from the machine": "redis_used_memory_rss",
              "may take": "redis_maxmemory",
            },
          }),
          chart("Commands", { unit: "ops", queries: { commands: perSecond("redis_total_commands_processed") } }),
          chart("Clients", {
            description: "Blocked ones wait for what is not there yet; refused ones were too many.",
            unit: "none",
            queries: {
              connected: "redis_clients",
              blocked: "redis_blocked_clients",
              "refused in five minutes": "increase(redis_rejected_connections[5m])",
            },
          }),
        ],
        [
          chart("Asked for what is there", {
            description: "The share of the keys asked for that were there.",
            unit: "percentunit",
            queries: { share: shareOf("redis_keyspace_hits", "redis_keyspace_misses") },
          }),
          chart("Forgotten to make room", {
            description: "It must forget nothing.",
            unit: "none",
            limits: { above: { red: 1 } },
            queries: { keys: "increase(redis_evicted_keys[5m])" },
          }),
          chart("On disk", { unit: "bytes", queries: { file: "redis_aof_current_size" } }),
          chart("Waited for the disk", {
            description: "How often in five minutes a write took the disk so long that Redis held others up.",
            unit: "none",
            queries: { times: "increase(redis_aof_delayed_fsync[5m])" },
          }),
        ],
      ],
    },
    {
      heading: "Container",
      lines: [containerPanels(selectorOf(everyOf(construct, Redis).map(({ service }) => service)))],
    },
  ],
};
