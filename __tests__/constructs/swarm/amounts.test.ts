import fc from "fast-check";
import { Duration } from "../../../constructs/swarm/duration";
import { Memory } from "../../../constructs/swarm/memory";

/** What Docker's provider echoes: Go's `time.Duration.String()`, less a zero at the end. */
function echoed(milliseconds: number): string {
  return goString(BigInt(milliseconds) * 1_000_000n)
    .replace(/(?<=m)0s$/, "")
    .replace(/(?<=h)0m$/, "");
}

/** Go's `time.Duration.String()`, digit by digit as in Go's source. */
function goString(nanoseconds: bigint): string {
  if (nanoseconds === 0n) {
    return "0s";
  }
  if (nanoseconds < 1_000_000_000n) {
    const [unit, places] = nanoseconds < 1_000n ? ["ns", 0] : nanoseconds < 1_000_000n ? ["µs", 3] : ["ms", 6];
    return `${decimal(nanoseconds, Number(places))}${unit}`;
  }
  const minutes = nanoseconds / 60_000_000_000n;
  const seconds = `${decimal(nanoseconds % 60_000_000_000n, 9)}s`;
  if (minutes === 0n) {
    return seconds;
  }
  return minutes < 60n ? `${minutes}m${seconds}` : `${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

function decimal(value: bigint, places: number): string {
  const digits = value.toString().padStart(places + 1, "0");
  const fraction = digits.slice(digits.length - places).replace(/0+$/, "");
  return `${digits.slice(0, digits.length - places)}${fraction === "" ? "" : `.${fraction}`}`;
}

describe("a duration", () => {
  test.each([
    [Duration.zero, "0s"],
    [Duration.milliseconds(500), "500ms"],
    [Duration.milliseconds(2500), "2.5s"],
    [Duration.milliseconds(61_001), "1m1.001s"],
    [Duration.seconds(90), "1m30s"],
    [Duration.seconds(60), "1m"],
    [Duration.minutes(10), "10m"],
    [Duration.minutes(60), "1h"],
    [Duration.minutes(90), "1h30m"],
    [Duration.seconds(3605), "1h0m5s"],
    [Duration.minutes(24 * 60), "24h"],
  ])("%j is written %s", (duration, text) => {
    expect(duration.toString()).toBe(text);
  });

  test("is written as Docker echoes it, however long it is", () => {
    const round = fc.tuple(fc.nat(30), fc.nat(60), fc.nat(60)).map(([h, m, s]) => ((h * 60 + m) * 60 + s) * 1000);
    fc.assert(
      fc.property(fc.oneof(round, fc.nat(1500), fc.nat(400_000_000)), (milliseconds) => {
        expect(Duration.milliseconds(milliseconds).toString()).toBe(echoed(milliseconds));
      }),
      { numRuns: 1000 },
    );
  });

  test("is the same in whatever unit it is given", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (milliseconds) => {
        expect(Duration.seconds(milliseconds / 1000).milliseconds).toBe(milliseconds);
      }),
      { examples: [[1001]] },
    );
    expect(Duration.minutes(1.5)).toEqual(Duration.seconds(90));
  });

  test("can be added and multiplied", () => {
    const five = Duration.seconds(5);

    expect(five.plus(Duration.minutes(1), Duration.milliseconds(5)).toString()).toBe("1m5.005s");
    expect(five.times(3).toString()).toBe("15s");
  });

  test.each([
    [() => Duration.seconds(-1), "-1000"],
    [() => Duration.milliseconds(0.5), "0.5"],
    [() => Duration.seconds(Number.NaN), "NaN"],
    [() => Duration.minutes(Number.POSITIVE_INFINITY), "Infinity"],
  ])("fails for %s", (make, amount) => {
    expect(make).toThrow(new RangeError(`a duration of ${amount} ms: write a whole number of milliseconds, 0 or more`));
  });
});

describe("memory", () => {
  test("is counted in bytes", () => {
    expect(Memory.mebibytes(64).bytes).toBe(67_108_864);
  });

  test.each([0, -1, 0.5, Number.NaN])("fails for %d MiB", (amount) => {
    expect(() => Memory.mebibytes(amount)).toThrow(
      new RangeError(`${amount} MiB of memory: write a whole number of MiB above 0`),
    );
  });
});
