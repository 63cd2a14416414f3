import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { linesOf } from "../../../ops/terraform/log";
import { temporaryFolder } from "../../support/synthesis";

jest.mock("node:timers/promises", () => jest.requireActual("../../support/short-pauses"));

const folder = temporaryFolder();
const path = join(folder, "log");

/** Reads a file into which parts are written, the next as soon as the former can have been read. */
async function read(parts: readonly (string | Buffer)[]): Promise<readonly string[]> {
  writeFileSync(path, "");
  const left = [...parts];
  let isOver = false;
  const found: string[] = [];
  const reading = (async () => {
    for await (const line of linesOf(path, () => isOver)) {
      found.push(line);
    }
  })();
  for (const part of left) {
    appendFileSync(path, part);
    await sleep(1_000);
  }
  isOver = true;
  await reading;
  return found;
}

afterAll(() => rmSync(folder, { recursive: true }));

test("lines come while the file grows, before its program ended", async () => {
  writeFileSync(path, "one\n");
  const lines = linesOf(path, () => false);
  const [first, second] = [lines.next(), lines.next()];

  expect(await first).toEqual({ value: "one", done: false });
  appendFileSync(path, "two\n");
  expect(await second).toEqual({ value: "two", done: false });
  await lines.return(undefined);
});

test.each<[string, readonly (string | Buffer)[], readonly string[]]>([
  ["nothing", [], []],
  ["lines at once", ["one\ntwo\n"], ["one", "two"]],
  ["a line in pieces", ["on", "e", "\ntwo\n"], ["one", "two"]],
  ["an empty line", ["one\n\ntwo\n"], ["one", "", "two"]],
  ["a last line without an end", ["one\ntw", "o"], ["one", "two"]],
  ["a character in two pieces", [Buffer.from("…\n").subarray(0, 2), Buffer.from("…\n").subarray(2)], ["…"]],
  ["more than is read at once", [`${"ä".repeat(100_000)}\nend\n`], ["ä".repeat(100_000), "end"]],
])("of %s every line is read, and nothing else", async (_, parts, lines) => {
  expect(await read(parts)).toEqual(lines);
});

test("what was written right before the end is read", async () => {
  writeFileSync(path, "one\n");
  const asked: string[] = [];
  const found: string[] = [];
  // The last question is answered with yes, and before it more is written.
  const isOver = () => {
    appendFileSync(path, `${asked.push("")} time\n`);
    return asked.length === 2;
  };
  for await (const line of linesOf(path, isOver)) {
    found.push(line);
  }

  expect(found).toEqual(["one", "1 time", "2 time"]);
});

test("a file that is not there is an error", async () => {
  await expect(linesOf(join(folder, "none"), () => true).next()).rejects.toThrow("ENOENT");
});
