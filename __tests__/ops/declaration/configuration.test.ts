import { configurationsOf } from "../../../ops/declaration/configuration";
import { synthesiseEverything } from "../../support/synthesis";
import { environmentNamed } from "../../support/testing";

test("the configurations of an environment are what a synthesis writes, to the letter", () => {
  const environment = environmentNamed("local");
  const { files, stacks } = synthesiseEverything([environment]);

  expect(configurationsOf(environment)).toEqual(
    Object.fromEntries(stacks.map(({ name }) => [name, files[`stacks/${name}/cdk.tf.json`]])),
  );
});
