import type Docker from "dockerode";
import { changeMember, membersOf } from "../../../ops/nodes/members";
import { becomes } from "../../../ops/nodes/waiting";

jest.mock("node:timers/promises", () => jest.requireActual("../../support/short-pauses"));

const never = () => new Promise<never>(() => {});
let waited: number[];

beforeEach(() => {
  waited = [];
  const { setTimeout: later } = globalThis;
  // A second is 1 ms.
  jest.spyOn(globalThis, "setTimeout").mockImplementation(((action: () => void, milliseconds = 0) => {
    waited.push(milliseconds / 1000);
    return later(action, milliseconds / 1000);
  }) as typeof setTimeout);
});
afterEach(() => jest.restoreAllMocks());

test("an engine that says nothing is given up", async () => {
  const silent = { listNodes: never, getNode: () => ({ inspect: never }) } as unknown as Docker;

  await expect(membersOf(silent)).rejects.toThrow("no answer within 20 s");
  await expect(changeMember(silent, "id", {})).rejects.toThrow("no answer within 20 s");
});

describe("becomes", () => {
  test("asks until it is so", async () => {
    const answers = [false, false, true];

    expect(await becomes(60, async () => answers.shift() === true)).toBe(true);
    expect(answers).toEqual([]);
  });

  test("asks no more often than there are seconds", async () => {
    const ask = jest.fn(async () => false);

    expect(await becomes(3, ask)).toBe(false);
    expect(ask).toHaveBeenCalledTimes(3);
  });

  test("takes no longer where answers do", async () => {
    // Each ask takes 25 s by this clock.
    let now = 0;
    jest.spyOn(performance, "now").mockImplementation(() => now);
    const ask = jest.fn(async () => {
      now += 25_000;
      return false;
    });

    expect(await becomes(60, ask)).toBe(false);
    expect(ask).toHaveBeenCalledTimes(3);
    expect(waited).toEqual([60, 34, 8]);
  });

  test("is not so where no answer comes", async () => {
    expect(await becomes(1, never)).toBe(false);
  });

  test("fails as the question does", async () => {
    const ask = async () => {
      throw new Error("no leader");
    };

    await expect(becomes(60, ask)).rejects.toThrow("no leader");
  });
});
