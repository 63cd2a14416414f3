import { clockFinding } from "../../../ops/diagnosis/clock";

const remedy = expect.stringContaining("NTP");

test.each([
  [0, "ok", "Docker's clock is within 5 s of this machine's"],
  [-5, "ok", "Docker's clock is within 5 s of this machine's"],
  [6, "warning", "Docker's clock is 6 s ahead of this machine's"],
  [-60, "warning", "Docker's clock is 60 s behind this machine's"],
  [61, "failed", "Docker's clock is 61 s ahead of this machine's"],
])("a clock that is %s s ahead is %s", (aheadSeconds, state, message) => {
  expect(clockFinding({ aheadSeconds })).toEqual({
    subject: "clock",
    state,
    message,
    ...(state === "ok" ? {} : { remedy }),
  });
});

test("a clock that Docker does not tell is unknown", () => {
  expect(clockFinding({ aheadSeconds: Number.NaN })).toMatchObject({ state: "unknown" });
});
