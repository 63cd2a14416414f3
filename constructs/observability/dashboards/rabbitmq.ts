import { RabbitMq } from "../../data/rabbitmq";
import { everyOf } from "../../terraform/every";
import { containerPanels } from "./container-panels";
import type { DashboardSource } from "./dashboard";
import { perSecond, selectorOf } from "./expressions";
import { chart, stat } from "./panel";

/** What waits, in all queues of the applications or in each. */
const READY = "rabbitmq_detailed_queue_messages_ready";
const UNACKNOWLEDGED = "rabbitmq_detailed_queue_messages_unacked";
const CONSUMERS = "rabbitmq_detailed_queue_consumers";
const byQueue = (metric: string) => ({ "{{queue}}": `sum by (queue) (${metric})` });

/** By what the applications talk to each other. */
export const rabbitmq: DashboardSource = {
  uid: "rabbitmq",
  title: "RabbitMQ",
  description: "What applications tell each other, and what waits to be read.",
  sections: (construct) => [
    {
      lines: [
        [
          stat("Messages that wait", { unit: "none", queries: { messages: `sum(${READY})` } }),
          stat("Being worked at", {
            description: "Somebody has these messages, and has not said yet that they are done.",
            unit: "none",
            queries: { messages: `sum(${UNACKNOWLEDGED})` },
          }),
          stat("Queues that nobody reads", {
            unit: "none",
            limits: { above: { red: 1 } },
            queries: { queues: `count(${CONSUMERS} == 0) or vector(0)` },
          }),
          stat("Connections", { unit: "none", queries: { connections: "sum(rabbitmq_connections)" } }),
          stat("Alarms", {
            description: "While it has too little memory or disk left it takes no messages.",
            unit: "none",
            limits: { above: { red: 1 } },
            queries: {
              memory: "max(rabbitmq_alarms_memory_used_watermark)",
              disk: "max(rabbitmq_alarms_free_disk_space_watermark)",
            },
          }),
        ],
        [chart("Messages that wait", { unit: "none", queries: byQueue(READY) })],
        [
          chart("Being worked at", { unit: "none", queries: byQueue(UNACKNOWLEDGED) }),
          chart("Who reads a queue", {
            description: "A queue of events without a reader means that somebody hears nothing.",
            unit: "none",
            queries: byQueue(CONSUMERS),
          }),
        ],
        [
          chart("Messages", {
            unit: "ops",
            queries: {
              written: `sum(${perSecond("rabbitmq_global_messages_received_total")})`,
              read: `sum(${perSecond("rabbitmq_global_messages_delivered_total")})`,
              "for nobody": `sum(${perSecond("rabbitmq_global_messages_unroutable_dropped_total")})`,
            },
          }),
          chart("Memory", {
            description: "Above what it may take it takes no messages.",
            unit: "bytes",
            queries: {
              used: "rabbitmq_process_resident_memory_bytes",
              "may take": "rabbitmq_resident_memory_limit_bytes",
            },
          }),
          chart("Disk", {
            description: "Below what must be free it takes no messages.",
            unit: "bytes",
            queries: {
              free: "rabbitmq_disk_space_available_bytes",
              "must be free": "rabbitmq_disk_space_available_limit_bytes",
            },
          }),
          chart("Connections", {
            unit: "none",
            queries: { connections: "rabbitmq_connections", channels: "rabbitmq_channels" },
          }),
        ],
      ],
    },
    {
      heading: "Container",
      lines: [containerPanels(selectorOf(everyOf(construct, RabbitMq).map(({ service }) => service)))],
    },
  ],
};
