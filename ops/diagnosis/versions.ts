/**
 * Whether a version is in a range such as `>=1.11 <2`.
 *
 * @param range bounds that all must hold, each `>=` or `<` a version
 * @throws Error for a version or a range that cannot be read
 */
export function isWithin(version: string, range: string): boolean {
  return range.split(" ").every((bound) => {
    const [, sign, limit = ""] = /^(>=|<)(.+)$/.exec(bound) ?? [];
    if (sign === undefined) {
      throw new Error(`cannot read the range "${range}"`);
    }
    const isOlder = compare(numbersOf(version), numbersOf(limit)) < 0;
    return sign === "<" ? isOlder : !isOlder;
  });
}

/** How a range is said: `1.11 or newer, below 2`. */
export function inWords(range: string): string {
  return range.replace(/>=(\S+)/, "$1 or newer").replace(" <", ", below ");
}

function numbersOf(version: string): readonly number[] {
  const [numbers] = /^\d+(\.\d+){0,2}/.exec(version.replace(/^v/, "")) ?? [];
  if (numbers === undefined) {
    throw new Error(`cannot read the version "${version}"`);
  }
  return numbers.split(".").map(Number);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const differences = [0, 1, 2].map((index) => (a[index] ?? 0) - (b[index] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}
