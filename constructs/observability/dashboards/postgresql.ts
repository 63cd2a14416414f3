import { PgBouncer } from "../../data/pgbouncer";
import { PostgresServer } from "../../data/postgres-server";
import { everyOf } from "../../terraform/every";
import { containerPanels } from "./container-panels";
import type { DashboardSource } from "./dashboard";
import { perSecond, selectorOf, shareOf } from "./expressions";
import { chart, stat } from "./panel";

/** A time in milliseconds that grows: what it grows by in a second is how many do it at once. */
const atOnce = (counter: string) => `${perSecond(counter)} / 1000`;

/** The database of the applications. */
export const postgresql: DashboardSource = {
  uid: "postgresql",
  title: "PostgreSQL",
  description: "How the applications' database does.",
  sections: (construct) => {
    const services = [...everyOf(construct, PostgresServer), ...everyOf(construct, PgBouncer)];
    return [
      {
        lines: [
          [
            stat("Connections", { unit: "none", queries: { connections: "sum(postgresql_numbackends)" } }),
            stat("Transactions", {
              unit: "ops",
              queries: { transactions: `sum(${perSecond("postgresql_xact_commit")})` },
            }),
            stat("Read from memory", {
              description: "The share of the blocks that were in PostgreSQL's own memory.",
              unit: "percentunit",
              queries: { share: `min(${shareOf("postgresql_blks_hit", "postgresql_blks_read")})` },
            }),
            stat("Deadlocks in an hour", {
              unit: "none",
              limits: { above: { orange: 1 } },
              decimals: 0,
              queries: { deadlocks: "sum(increase(postgresql_deadlocks[1h]))" },
            }),
          ],
          [
            chart("Transactions", {
              unit: "ops",
              queries: {
                "{{db}} done": perSecond("postgresql_xact_commit"),
                "{{db}} undone": perSecond("postgresql_xact_rollback"),
              },
            }),
            chart("Connections", { unit: "none", queries: { "{{db}}": "postgresql_numbackends" } }),
            chart("Connections that do something", {
              description: "Idle ones are within a transaction: they may hold up others.",
              unit: "short",
              queries: {
                "{{db}} at work": atOnce("postgresql_active_time"),
                "{{db}} idle in a transaction": atOnce("postgresql_idle_in_transaction_time"),
              },
            }),
          ],
          [
            chart("Rows", {
              unit: "ops",
              queries: {
                "{{db}} read": perSecond("postgresql_tup_fetched"),
                "{{db}} added": perSecond("postgresql_tup_inserted"),
                "{{db}} changed": perSecond("postgresql_tup_updated"),
                "{{db}} removed": perSecond("postgresql_tup_deleted"),
              },
            }),
            chart("Read from memory", {
              description: "The share of the blocks that were in PostgreSQL's own memory.",
              unit: "percentunit",
              queries: { "{{db}}": shareOf("postgresql_blks_hit", "postgresql_blks_read") },
            }),
            chart("Written to temporary files", {
              description: "By queries that need more memory than they may take.",
              unit: "Bps",
              queries: { "{{db}}": perSecond("postgresql_temp_bytes") },
            }),
          ],
        ],
      },
      { heading: "Containers", lines: [containerPanels(selectorOf(services.map(({ service }) => service)))] },
    ];
  },
};
