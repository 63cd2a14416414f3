import { type Assessment, assessmentOf } from "../../../ops/objectives/assessment";
import { assessmentText } from "../../../ops/objectives/assessment-text";
import type { Measurements } from "../../../ops/objectives/measurement";
import { monthOf } from "../../../ops/objectives/month";

const HOUR = 3_600;
const month = monthOf(new Date("2026-11-22T00:00:00Z"));
const all = 720 * HOUR;
const well = { bad: 0, seconds: all };

/** A month that is over, and of which nothing is known but what a test says. */
const assessed = (measurements: Measurements, until = month.end) => assessmentOf(month, until, measurements);
const verdicts = ({ objectives }: Assessment) => objectives.map(({ met }) => met);
/** The lines of the text, without what only aligns them. */
const linesOf = (assessment: Assessment) =>
  assessmentText("local", assessment)
    .split("\n")
    .map((line) => line.trim().split(/ {2,}/));

describe("an objective", () => {
  test("is met exactly at its target, and not below", () => {
    const at = { probes: { ...well, bad: 0.001 }, requests: { ...well, bad: 0.001 }, latency: { ...well, bad: 0.05 } };

    expect(verdicts(assessed(at))).toEqual([true, true, true]);
    expect(assessed(at).met).toBe(true);
    expect(verdicts(assessed({ ...at, probes: { ...well, bad: 0.0010001 } }))).toEqual([false, true, true]);
    expect(verdicts(assessed({ ...at, requests: { ...well, bad: 0.0010001 } }))).toEqual([true, false, true]);
    expect(verdicts(assessed({ ...at, latency: { ...well, bad: 0.0500001 } }))).toEqual([true, true, false]);
  });

  test("is not met without a measurement, and neither are all then", () => {
    const assessment = assessed({ probes: well, latency: well });

    expect(verdicts(assessment)).toEqual([true, false, true]);
    expect(assessment.met).toBe(false);
    expect(assessment.objectives[1]).toMatchObject({ measured: null, measuredSeconds: 0, unmeasuredSeconds: all });
  });
});

describe("the error budget", () => {
  test.each([
    ["2026-02-10", 40.32],
    ["2026-11-10", 43.2],
    ["2026-12-10", 44.64],
  ])("in the month of %s is %d minutes, however much of it is over", (day, minutes) => {
    const own = monthOf(new Date(day));

    expect(assessmentOf(own, own.end, {}).errorBudget).toEqual({ minutes, spentMinutes: null });
    expect(assessmentOf(own, new Date(day), {}).errorBudget).toEqual({ minutes, spentMinutes: null });
  });

  test("is spent in the time that was measured, by whichever failed more", () => {
    const probes = { bad: 0.1, seconds: 10 * HOUR };
    const requests = { bad: 0.2, seconds: 4 * HOUR };

    expect(assessed({ probes, requests }).errorBudget.spentMinutes).toBe(60);
    expect(assessed({ probes: { ...probes, bad: 0.01 }, requests }).errorBudget.spentMinutes).toBe(48);
    expect(assessed({ latency: well }).errorBudget.spentMinutes).toBeNull();
  });
});

describe("in words", () => {
  test("a month with gaps says how long it was measured, and never more than it was", () => {
    const assessment = assessed({
      probes: { bad: 0.00100001, seconds: 700 * HOUR },
      requests: { bad: 0.0005, seconds: 690.5 * HOUR },
    });

    expect(linesOf(assessment)).toEqual([
      ["local in 2026-11:"],
      [""],
      ["OBJECTIVE", "TARGET", "MEASURED", "IN", "VERDICT"],
      ["Probes that succeed", "99.9 %", "99.899 %", "700 of 720 h", "not met"],
      ["Requests without a server error", "99.9 %", "99.95 %", "690.5 of 720 h", "met"],
      ["Answers within 0.5 s", "95 %", "nothing", "0 of 720 h", "not measured"],
      [""],
      ["Error budget: in all of 2026-11, 43.2 minutes may fail. 42 are spent (97.2 %), 1.2 are left."],
      ["Up to 720 h have no measurement, and are in none of these figures."],
    ]);
  });

  test("a month that goes on is judged so far, and by the hours that are over", () => {
    const seconds = 24 * HOUR;
    const until = new Date("2026-11-02T00:00:00Z");
    const day = { bad: 0.25, seconds: 6 * HOUR };
    const text = assessmentText("local", assessed({ probes: day, requests: day, latency: day }, until));

    expect(assessed({}, until)).toMatchObject({ over: false, seconds, until });
    expect(text).toContain("local in 2026-11 so far:\n");
    expect(text).toContain("6 of 24 h");
    expect(text).toContain("90 are spent (208.3 %), 46.8 too many.\n18 h have no measurement, and are in none of");
  });

  test("a restart of seconds is no gap", () => {
    const almost = { bad: 0, seconds: all - 90 };
    const text = assessmentText("local", assessed({ probes: almost, requests: almost, latency: almost }));

    expect(text).toContain("720 of 720 h");
    expect(text).toMatch(/ 0 are spent \(0 %\), 43\.2 are left\.$/);
  });

  test("where only the times of answers are known, nobody knows what failed", () => {
    expect(assessmentText("local", assessed({ latency: well }))).toContain("Nobody knows how many are spent.");
  });

  test.each([
    [month.end, "Prometheus has no measurement of local in 2026-11. It measures while it runs, and keeps 45 days."],
    [
      month.start,
      "Prometheus has no measurement of local in 2026-11 yet. It measures while it runs, and keeps 45 days.",
    ],
  ])("a month without any measurement, looked at on %s, is said to be that", (until, text) => {
    expect(assessmentText("local", assessed({}, until))).toBe(text);
  });
});
