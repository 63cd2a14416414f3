import { inWords, secondsOf } from "../../ops/time-spans";

test.each([
  [-2, "0 s"],
  [0, "0 s"],
  [59.9, "59 s"],
  [60, "1 min"],
  [3_599, "59 min"],
  [7_200, "2 h"],
  [86_399, "23 h"],
  [432_000, "5 d"],
])("%d seconds are %s", (seconds, words) => {
  expect(inWords(seconds)).toBe(words);
});

test.each([
  ["90s", 90],
  ["10m", 600],
  ["2h", 7_200],
  ["1d", 86_400],
  ["0s", 0],
  ["10", undefined],
  ["-1h", undefined],
  ["1.5h", undefined],
  ["2 h", undefined],
  ["1w", undefined],
  ["", undefined],
])("%j is %p seconds", (written, seconds) => {
  expect(secondsOf(written)).toBe(seconds);
});
