import { Lazy } from "cdktf";
import { jsonDocument } from "../../../constructs/terraform/json-document";
import { rendered } from "../../support/services";
import { interpolated, resolved, testStack } from "../../support/testing";

test("is made once everything is there", () => {
  const stack = testStack();
  const names: string[] = [];
  const text = jsonDocument(() => ({ names }));
  names.push("late");

  expect(JSON.parse(resolved(stack, text))).toEqual({ names: ["late"] });
});

test("says the same after Terraform has read it, whatever looks like a template", () => {
  const document = {
    a: `${interpolated("not")} a template`,
    b: "%{ if } neither",
    c: "{{ $value | humanize }} %",
    d: 'a "quoted" \\ $1',
  };

  expect(
    JSON.parse(
      rendered(
        resolved(
          testStack(),
          jsonDocument(() => document),
        ),
      ).replaceAll("%%{", "%{"),
    ),
  ).toEqual(document);
});

test("refers to what only a deployment knows", () => {
  const reference = Lazy.stringValue({ produce: () => "known later" });

  expect(
    JSON.parse(
      resolved(
        testStack(),
        jsonDocument(() => ({ reference })),
      ),
    ),
  ).toEqual({ reference: "known later" });
});
