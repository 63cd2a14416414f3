import { inWords, isWithin } from "../../../ops/diagnosis/versions";

test.each([
  ["20.9.0", ">=20.9.0 <23", true],
  ["v22.11.4", ">=20.9.0 <23", true],
  ["20.8.9", ">=20.9.0 <23", false],
  ["23.0.0", ">=20.9.0 <23", false],
  ["1.11.0-rc1", ">=1.11 <2", true],
  ["1.9.8", ">=1.11 <2", false],
  ["20.10.24+dfsg1", ">=20.10", true],
  ["19.03.15", ">=20.10", false],
])("whether %s is in %s: %s", (version, range, expected) => {
  expect(isWithin(version, range)).toBe(expected);
});

test.each([
  ["dev", ">=1", 'cannot read the version "dev"'],
  ["1.0.0", "^1.0.0", 'cannot read the range "^1.0.0"'],
])("%s in %s cannot be read", (version, range, message) => {
  expect(() => isWithin(version, range)).toThrow(message);
});

test("a range is said in words", () => {
  expect([">=20.10", ">=1.11 <2"].map(inWords)).toEqual(["20.10 or newer", "1.11 or newer, below 2"]);
});
