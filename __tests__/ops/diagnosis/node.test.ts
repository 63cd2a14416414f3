import { nodeFinding } from "../../../ops/diagnosis/node";

test("a version in the range is well", () => {
  expect(nodeFinding("v20.9.0", ">=20.9.0 <23")).toEqual({ subject: "Node.js", state: "ok", message: "v20.9.0" });
});

test("another version has failed", () => {
  expect(nodeFinding("v23.1.0", ">=20.9.0 <23")).toEqual({
    subject: "Node.js",
    state: "failed",
    message: "is v23.1.0",
    remedy: "install Node.js 20.9.0 or newer, below 23",
  });
});
