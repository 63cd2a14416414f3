import { monthNamed, monthOf, secondsOfMonth } from "../../../ops/objectives/month";

const DAY = 86_400;

test.each([
  ["2026-02", 28],
  ["2028-02", 29],
  ["2026-11", 30],
  ["2026-12", 31],
])("%s has %i days", (written, days) => {
  const month = monthNamed(written);

  expect(month?.name).toBe(written);
  expect(month && secondsOfMonth(month)).toBe(days * DAY);
});

test.each(["", "2026", "2026-00", "2026-13", "2026-1", "26-10", "1926-10", "2026-10-01", " 2026-10"])(
  "%j is no month",
  (written) => {
    expect(monthNamed(written)).toBeUndefined();
  },
);

test("a month is one of UTC, from its first moment to the next one's", () => {
  const expected = {
    name: "2026-12",
    start: new Date("2026-12-01T00:00:00Z"),
    end: new Date("2027-01-01T00:00:00Z"),
  };

  expect(monthNamed("2026-12")).toEqual(expected);
  expect(monthOf(new Date("2026-12-01T00:30:00+00:00"))).toEqual(expected);
  expect(monthOf(new Date("2027-01-01T00:30:00+01:00"))).toEqual(expected);
});

test("of a month that goes on, the seconds so far are counted, and none of the next", () => {
  const month = monthOf(new Date("2026-11-02T00:00:00.900Z"));

  expect(secondsOfMonth(month, new Date("2026-11-02T00:00:00.900Z"))).toBe(DAY);
  expect(secondsOfMonth(month, new Date("2027-11-02T00:00:00Z"))).toBe(30 * DAY);
});
