import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { alertsTables } from "../../../ops/docs/alerts-table";
import "../../support/tokens";

const page = readFileSync(resolve(__dirname, "../../../docs/operations/monitoring.md"), "utf8");
const { alerts: table = "" } = alertsTables();
const rows = table.split("\n").slice(2);
const alerts = rows.map((row) => /^\| \[(\w+)\]/.exec(row)?.[1] ?? row);

const [, ...sections] = page.slice(page.indexOf("<!-- end -->")).split(/^### /m);

test("every alert has a heading on the page about monitoring, and every such heading an alert", () => {
  expect(sections.map((section) => section.split("\n")[0]).sort()).toEqual([...alerts].sort());
});

test("each says what it means, what to look at and what to do", () => {
  const paragraphs = (section: string) => section.split(/^## /m)[0]?.trim().split("\n\n").slice(1);

  expect(sections.filter((section) => paragraphs(section)?.length !== 3)).toEqual([]);
});

test("an alert has a row with a link to what it means", () => {
  expect(rows).toContain("| [DiskFull](#diskfull) | critical | `disk_used_percent > 90` | 5m |");
  expect(rows).toContain("| [Heartbeat](#heartbeat) | warning | `vector(1)` | at once |");
});

test("no row has a list of one environment's names, or a pipe that would end a cell", () => {
  expect(rows.filter((row) => row.includes("\\|"))).toEqual([]);
  expect(rows.filter((row) => row.includes('queue=~"…"'))).toHaveLength(2);
});
