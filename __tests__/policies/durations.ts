const NANOSECONDS = {
  h: 3_600_000_000_000n,
  m: 60_000_000_000n,
  s: 1_000_000_000n,
  ms: 1_000_000n,
  us: 1_000n,
  ns: 1n,
};
const PART = /(\d+)(?:\.(\d+))?(ns|us|µs|ms|s|m|h)/y;

/**
 * A duration as the Docker provider writes it: Go's own form without trailing zeros.
 *
 * @returns undefined for a text that is no duration
 */
export function normalisedDuration(text: string): string | undefined {
  let total = 0n;
  PART.lastIndex = 0;
  while (PART.lastIndex < text.length) {
    const [, whole = "", fraction = "", unit = ""] = PART.exec(text) ?? [];
    if (unit === "") {
      return undefined;
    }
    const scale = NANOSECONDS[unit.replace("µ", "u") as keyof typeof NANOSECONDS];
    total += BigInt(whole) * scale + (BigInt(fraction || "0") * scale) / 10n ** BigInt(fraction.length);
  }
  return text === "" ? undefined : written(total);
}

function written(total: bigint): string {
  const unit = (["s", "ms", "us", "ns"] as const).find((each) => total >= NANOSECONDS[each]);
  if (unit === undefined) {
    return "0s";
  }
  if (unit !== "s") {
    return `${decimal(total, NANOSECONDS[unit])}${unit.replace("u", "µ")}`;
  }
  const parts = [
    [total / NANOSECONDS.h, "h"],
    [(total % NANOSECONDS.h) / NANOSECONDS.m, "m"],
    [decimal(total % NANOSECONDS.m, NANOSECONDS.s), "s"],
  ].map(([amount, name]) => ({ text: `${amount}${name}`, isZero: String(amount) === "0" }));
  const first = parts.findIndex(({ isZero }) => !isZero);
  const last = parts.findLastIndex(({ isZero }) => !isZero);
  return parts
    .slice(first, last + 1)
    .map(({ text }) => text)
    .join("");
}

function decimal(amount: bigint, unit: bigint): string {
  const digits = String(unit).length - 1;
  const fraction = String(amount % unit)
    .padStart(digits, "0")
    .replace(/0+$/, "");
  return fraction === "" ? String(amount / unit) : `${amount / unit}.${fraction}`;
}
