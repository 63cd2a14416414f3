import { Fn, Lazy } from "cdktf";
import { Construct } from "constructs";
import { isKnown, isReference, repeated, validate } from "../../../constructs/terraform/validation";
import { failureOf, testStack } from "../../support/testing";

const subject = () => new Construct(new Construct(testStack(), "parent"), "child");

test("fails with every broken rule at once, naming the construct's path", () => {
  const rules = [
    { where: "first", broken: true, message: "got 1; write 2" },
    { where: "second", broken: false, message: "got 3; write 4" },
    { where: "third.part", broken: true, message: "got 5; write 6" },
  ];

  expect(failureOf(() => validate(subject(), rules)).split("\n")).toEqual([
    "local-platform/parent/child: 2 faults",
    "  - first: got 1; write 2",
    "  - third.part: got 5; write 6",
  ]);
});

test("passes where no rule is broken", () => {
  expect(() => validate(subject(), [{ where: "first", broken: false, message: "got 1; write 2" }])).not.toThrow();
});

test.each([
  [undefined, false],
  ["", true],
  [0, true],
  [Lazy.stringValue({ produce: () => "" }), false],
  [`begins ${Lazy.stringValue({ produce: () => "" })}`, false],
  [Lazy.numberValue({ produce: () => 1 }), false],
])("whether %j is known at synth: %p", (value, known) => {
  expect(isKnown<unknown>(value)).toBe(known);
});

const token = Lazy.stringValue({ produce: () => "" });

test.each([
  ["a text", "text", false],
  ["no text", "", false],
  ["a token", token, true],
  ["a document of tokens", Fn.jsonencode({ token }), true],
  ["a text that begins with a token", `${token} ends`, false],
  ["a text that ends with a token", `begins ${token}`, false],
  ["a line after a token", `${token}\n`, false],
  ["two tokens", `${token}${token}`, false],
])("whether %s is a reference and nothing else", (_, text, reference) => {
  expect(isReference(text)).toBe(reference);
});

test("what occurs more than once is named once", () => {
  expect(repeated(["a", "b", "a", "c", "a", "c"])).toEqual(["a", "c"]);
});
