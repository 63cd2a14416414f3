import { report } from "../../ops/report";

const lines = (text: string) => text.split("\n").map((line) => line.trimEnd());

test("what was found out is a table, and then what it comes to", () => {
  const findings = [
    { state: "ok", subject: "a", message: "runs" },
    { state: "failed", subject: "longer", message: "does not" },
  ];

  expect(lines(report(findings, "not well"))).toEqual([
    "ok      a       runs",
    "failed  longer  does not",
    "",
    "not well",
  ]);
});

test("a remedy is below what was found", () => {
  expect(lines(report([{ state: "failed", subject: "a", message: "is off", remedy: "turn it on" }], ""))).toEqual([
    "failed  a  is off",
    "           → turn it on",
    "",
    "",
  ]);
});

test("the remedy of several in a row is said once, below the last of them", () => {
  const off = (subject: string, remedy: string) => ({ state: "failed", subject, message: "is off", remedy });

  expect(lines(report([off("a", "turn it on"), off("b", "turn it on"), off("c", "buy one")], ""))).toEqual([
    "failed  a  is off",
    "failed  b  is off",
    "           → turn it on",
    "failed  c  is off",
    "           → buy one",
    "",
    "",
  ]);
});
