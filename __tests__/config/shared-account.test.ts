import { checkEnvironments } from "../../config/environments";
import { production } from "../../config/environments/production";
import { staging } from "../../config/environments/staging";
import type { EnvironmentInput } from "../../config/schema";
import { failureOf } from "../support/testing";

type CloudInput = NonNullable<EnvironmentInput["cloud"]>;

const cloud = staging.cloud as CloudInput;
const ofProduction = (production.cloud as CloudInput).ssh;

function faultsOf(changes: Partial<CloudInput>): readonly string[] {
  const broken = { ...staging, cloud: { ...cloud, ...changes } };
  return failureOf(() => checkEnvironments({ production, broken })).split("\n");
}

test.each(["10.60.0.0/20", "10.60.15.0/24", "10.60.0.0/16"])(
  "%s, where production is already, is refused",
  (addresses) => {
    expect(faultsOf({ addresses })).toEqual([
      "config/environments: 1 fault",
      `  - broken.ts cloud.addresses: got "${addresses}", which shares addresses with production.ts's; write another range`,
    ]);
  },
);

test("addresses right beside another's are right", () => {
  const beside = { ...staging, cloud: { ...cloud, addresses: "10.60.16.0/20" } };

  expect(checkEnvironments({ production, beside })).toHaveLength(2);
});

test("a key that opens another environment too is refused, because DigitalOcean takes it once", () => {
  const { operations } = ofProduction.keys;
  const ssh = { ...cloud.ssh, keys: { somebody: operations as string }, ciKey: ofProduction.ciKey };

  expect(faultsOf({ ssh })).toEqual([
    "config/environments: 2 faults",
    ...["keys.somebody", "ciKey"].map(
      (owner) =>
        `  - broken.ts cloud.ssh.${owner}: got a key of production.ts's, and DigitalOcean takes a key once; write one that is for this environment alone`,
    ),
  ]);
});
