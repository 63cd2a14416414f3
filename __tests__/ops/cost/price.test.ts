import { daysSince, oldestOf, type Price } from "../../../ops/cost/price";
import { ALL_PRICES } from "../../../ops/cost/prices";

const price = (read: string): Price => ({
  what: "Something",
  dollars: 1,
  unit: "month",
  read,
  readBy: "us",
  source: "https://example.org/prices",
});

test("the oldest is the one that was read first", () => {
  expect(oldestOf([price("2026-03-02"), price("2025-12-31"), price("2026-01-01")])?.read).toBe("2025-12-31");
  expect(oldestOf([])).toBeUndefined();
});

test.each([
  ["2026-10-08T00:00:00Z", 0],
  ["2026-10-08T23:59:59Z", 0],
  ["2026-11-22T12:00:00Z", 45],
])("at %s it is %d days old", (now, days) => {
  expect(daysSince(price("2026-10-08"), new Date(now))).toBe(days);
});

test.each(ALL_PRICES)(
  "$what costs something, and says since when and where it is written",
  ({ dollars, read, source }) => {
    expect(dollars).toBeGreaterThan(0);
    expect(new Date(read).toISOString()).toBe(`${read}T00:00:00.000Z`);
    expect(Date.parse(read)).toBeLessThanOrEqual(Date.now());
    expect(source).toMatch(/^https:\/\/(www\.|docs\.)?(digitalocean|aws\.amazon)\.com\//);
  },
);

test("no two prices are called the same", () => {
  const names = ALL_PRICES.map(({ what }) => what);

  expect(names).toEqual([...new Set(names)]);
});
