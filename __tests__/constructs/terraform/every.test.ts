import { Testing } from "cdktf";
import { Construct } from "constructs";
import { everyOf } from "../../../constructs/terraform/every";
import { environmentNamed, failureOf, testStack } from "../../support/testing";

class Part extends Construct {}
class SpecialPart extends Part {}

const app = Testing.app();
const below = testStack({ app, layer: "layer-1" });
const above = testStack({ app, layer: "platform" });
const foreign = testStack({ app, environment: environmentNamed("production") });
const parts = [
  new Part(below, "part"),
  new Part(new Construct(above, "deep"), "part"),
  new SpecialPart(above, "special"),
];
new Construct(above, "other");
const foreignPart = new Part(foreign, "part");

test("finds every construct of a class in the environment, in whichever layer and however deep", () => {
  expect(everyOf(above, Part)).toEqual(parts);
  expect(everyOf(parts[0] as Part, Part)).toEqual(parts);
});

test("finds those of a class alone, and nothing of another environment", () => {
  expect(everyOf(above, SpecialPart)).toEqual([parts[2]]);
  expect(everyOf(foreignPart, Part)).toEqual([foreignPart]);
  expect(everyOf(foreign, SpecialPart)).toEqual([]);
});

test("fails for what is in no layer", () => {
  expect(failureOf(() => everyOf(new Part(app, "stray"), SpecialPart))).toBe(
    "stray: it is in no LayerStack; make it below one",
  );
});
