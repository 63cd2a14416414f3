import { TerraformLocal } from "cdktf";
import fc from "fast-check";
import { literal } from "../../../constructs/terraform/literal";
import { interpolated, synthesise, testStack } from "../../support/testing";

/** What Terraform makes of a string without interpolations. */
const unescaped = (text: string) => text.replaceAll("$${", "${").replaceAll("%%{", "%{");

/** Whether Terraform would take a string as it stands, rather than evaluate a part of it. */
const isPlain = (text: string) => !/[$%]\{/.test(text.replaceAll(/\$\$\{|%%\{/g, " "));

/** Text that is likely to confuse. */
const tricky = fc
  .array(fc.oneof(fc.constantFrom("$", "{", "}", "%", "${", "%{", "$${", "\\", '"', "\n", "TfToken["), fc.string()))
  .map((parts) => parts.join(""))
  .filter((text) => !text.includes("${TfToken["));

test.each([
  ["nothing to escape: $HOME 100% {}", "nothing to escape: $HOME 100% {}"],
  [interpolated("HOME"), `$${interpolated("HOME")}`],
  ["%{ if }", "%%{ if }"],
  [`$${interpolated("HOME")}`, `$$${interpolated("HOME")}`],
])("%j becomes %j", (text, escaped) => {
  expect(literal(text)).toBe(escaped);
});

test("any text comes out of Terraform as it went in", () => {
  fc.assert(
    fc.property(tricky, (text) => {
      expect(isPlain(literal(text))).toBe(true);
      expect(unescaped(literal(text))).toBe(text);
    }),
    { numRuns: 500 },
  );
});

describe("around a token", () => {
  const textAround = (before: string, after: string) => {
    const stack = testStack();
    const token = new TerraformLocal(stack, "token", "value").asString;
    new TerraformLocal(stack, "text", literal(`${before}${token}${after}`));
    return synthesise(stack).locals?.text;
  };

  test("what a person wrote is escaped, and the token is resolved", () => {
    expect(textAround(`${interpolated("HOME")} is `, " or %{x}")).toBe(
      `$${interpolated("HOME")} is ${interpolated("local.token")} or %%{x}`,
    );
  });

  test("a dollar sign right before it does not turn it into text", () => {
    // Terraform reads two dollar signs and a brace as text.
    expect(textAround("costs $", "")).not.toContain(`$${interpolated("local.token")}`);
  });
});
