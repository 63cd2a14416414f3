import { made, reasonOf, within } from "../../../ops/diagnosis/check";

const never = () => new Promise<never>(() => {});

test("a check that is answered finds what it is answered", async () => {
  const finding = { subject: "a", state: "ok", message: "runs" } as const;

  expect(await made({ subject: "a", ask: async () => [finding] })).toEqual([finding]);
});

test("a check that cannot be made is unknown, and says why", async () => {
  const broken = async () => {
    throw new Error("no\n  way");
  };

  expect(await made({ subject: "a", ask: broken })).toEqual([
    { subject: "a", state: "unknown", message: "could not ask: no way" },
  ]);
});

test("a check that is not answered in time is unknown", async () => {
  expect(await made({ subject: "a", seconds: 0.01, ask: never })).toEqual([
    { subject: "a", state: "unknown", message: "could not ask: no answer within 0.01 s" },
  ]);
});

test("an answer that comes in time is waited for", async () => {
  expect(await within(5, Promise.resolve("well"))).toBe("well");
});

test.each([
  ["its message", new Error("a reason"), "a reason"],
  ["its code where it has no message", Object.assign(new Error(""), { code: "ECONNREFUSED" }), "ECONNREFUSED"],
  [
    "what caused it",
    new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") }),
    "connect ECONNREFUSED",
  ],
  ["itself where it is a text", "a text", "a text"],
])("the reason of an error is %s", (_, error, reason) => {
  expect(reasonOf(error)).toBe(reason);
});
