import type { Environment } from "../../config/schema";
import { during } from "../../ops/state/during";
import { keepHistory } from "../../ops/state/keep";
import { startedOps } from "../support/processes";

jest.mock("../../ops/state/keep");

const keep = jest.mocked(keepHistory);
const events: string[] = [];

/** A command that says when it runs, and ends so. */
const command = (exitCode: number, ...args: readonly string[]) => [
  process.execPath,
  "-e",
  `process.exit(${exitCode})`,
  "--",
  ...args,
];

beforeEach(() => {
  events.length = 0;
  keep.mockReset().mockImplementation(async ({ name }: Environment) => {
    events.push(name);
    return [];
  });
  jest.spyOn(console, "error").mockImplementation((text) => events.push(text));
});
afterEach(() => jest.restoreAllMocks());

test.each([
  ["a stack", ["staging-layer-1"], ["staging"]],
  ["stacks of several environments", ["production-secrets", "staging-layer-1"], ["production", "staging"]],
  ["a pattern", ["staging-*"], ["staging"]],
  ["a pattern that begins with one", ["*-layer-1"], ["production", "staging"]],
  ["a pattern that ends in the name", ["stag*"], ["staging"]],
  ["an environment whose states are files", ["local-layer-1"], []],
  ["an unknown one", ["e2e-layer-1", "--output", "staging"], []],
])("of %s keeps the history before and after", async (_, args, environments) => {
  expect(await during(command(0, ...args))).toBe(0);
  expect(keep.mock.calls.map(([{ name }]) => name)).toEqual([...environments, ...environments]);
});

test("keeps it after a command that failed too, and ends as that did", async () => {
  expect(await during(command(3, "staging-layer-1"))).toBe(3);
  expect(keep).toHaveBeenCalledTimes(2);
});

test("does not run the command where the history cannot be kept before", async () => {
  keep.mockRejectedValueOnce(new Error("no bucket"));

  await expect(during(["/no/such/program", "staging-layer-1"])).rejects.toThrow("no bucket");
});

test("fails where the history cannot be kept after a command that went well", async () => {
  keep.mockResolvedValueOnce([]).mockRejectedValueOnce(new Error("no bucket"));

  await expect(during(command(0, "staging-layer-1"))).rejects.toThrow("no bucket");
});

test("says so where the history cannot be kept after a command that failed", async () => {
  keep.mockResolvedValueOnce([]).mockRejectedValueOnce(new Error("no bucket"));

  expect(await during(command(3, "staging-layer-1"))).toBe(3);
  expect(events.at(-1)).toBe("The history of the states was not kept afterwards: no bucket");
});

test("as a process it hands on what it is told, options too, and ends as the command does", async () => {
  const script = "console.log(process.argv.slice(1).join(' ')); process.exit(4)";
  const args = ["state", "during", process.execPath, "-e", script, "--", "local-layer-1", "--debug", "--no-color"];

  expect(await startedOps(args).outcome).toEqual({
    status: 4,
    stdout: "local-layer-1 --debug --no-color\n",
    stderr: "",
  });
});
