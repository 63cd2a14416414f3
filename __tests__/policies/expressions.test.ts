import { expressionOf, expressionsIn, parseExpression } from "../support/expressions";
import { type SynthesisedStack, synthesiseEverything } from "../support/synthesis";
import { interpolated } from "../support/testing";

/** The texts of a stack in which Terraform would not find its way. */
function unreadable({ name, json }: Pick<SynthesisedStack, "name" | "json">): readonly string[] {
  const faults: string[] = [];
  JSON.stringify(json, (key, value) => {
    try {
      return typeof value === "string" ? expressionsIn(value).length : value;
    } catch (error) {
      faults.push(`${name} ${key}: ${(error as Error).message}`);
    }
  });
  return faults;
}

// cdktf escapes neither quotes nor backslashes in what a function is given, and no synthesis fails of that.
test("every expression makes sense to Terraform", () => {
  expect(synthesiseEverything().stacks.flatMap(unreadable)).toEqual([]);
});

test("an expression with a quote in a text is found", () => {
  const json: SynthesisedStack["json"] = {
    terraform: {},
    provider: {},
    locals: { wrong: interpolated('sha256("kill "$!"")'), right: interpolated('sha256("kill \\"$!\\"")') },
  };
  expect(unreadable({ name: "test", json })).toEqual(['test wrong: expected , at: $!"")}']);
});

test("a text may have several expressions, and an escaped one is none", () => {
  const escaped = `$${interpolated("e")}`;
  expect(expressionsIn(`a-${interpolated('b.c["d"]')}-${escaped}-$${escaped}-${interpolated("g[0].h")}`)).toEqual([
    { kind: "reference", path: ["b", "c", "d"] },
    { kind: "reference", path: ["g", 0, "h"] },
  ]);
});

test("a document is read with the types of what is in it", () => {
  const text = 'jsonencode({"a" = {"b" = 1, "c" = [true, "d"]}, "e" = (f.g == 80) ? format("%s:%s", f.h, f.g) : null})';
  const port = { kind: "reference", path: ["f", "g"] };
  expect(parseExpression(text)).toEqual({
    kind: "call",
    name: "jsonencode",
    args: [
      {
        kind: "object",
        entries: {
          a: {
            kind: "object",
            entries: {
              b: { kind: "literal", value: 1 },
              c: {
                kind: "list",
                items: [
                  { kind: "literal", value: true },
                  { kind: "literal", value: "d" },
                ],
              },
            },
          },
          e: {
            kind: "conditional",
            condition: { kind: "call", name: "==", args: [port, { kind: "literal", value: 80 }] },
            yes: {
              kind: "call",
              name: "format",
              args: [{ kind: "literal", value: "%s:%s" }, { kind: "reference", path: ["f", "h"] }, port],
            },
            no: { kind: "literal", value: null },
          },
        },
      },
    ],
  });
});

test.each(["a b", "f(", '{"a" 1}', "a ? b", '"a', "[1 2]", "a.", "$"])("%s makes no sense", (text) => {
  expect(() => parseExpression(text)).toThrow(/^expected /);
});

test("a text is a literal, an expression, or made of several", () => {
  const [a, b] = [
    { kind: "reference", path: ["a"] },
    { kind: "reference", path: ["b"] },
  ];
  expect(expressionOf("plain")).toEqual({ kind: "literal", value: "plain" });
  expect(expressionOf(interpolated("a"))).toEqual(a);
  expect(expressionOf(`${interpolated("a")}:${interpolated("b")}`)).toEqual({
    kind: "call",
    name: "template",
    args: [a, b],
  });
});
