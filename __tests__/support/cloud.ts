import { Testing } from "cdktf";
import type { Cloud, Environment, EnvironmentInput } from "../../config/schema";
import { Foundation } from "../../stacks/foundation";
import { environmentLike, environmentNamed, layerProps, synthesise, type TerraformJson } from "./testing";

/** Staging with some of what it asks of the cloud changed. */
export function cloudLike(changes: Partial<NonNullable<EnvironmentInput["cloud"]>>): Environment {
  return environmentLike("staging", { cloud: { ...cloudOfStaging, ...changes } });
}

/** What staging asks of the cloud. */
export const cloudOfStaging = environmentNamed("staging").cloud as Cloud;

/** What Terraform would read of an environment's foundation. */
export function foundationOf(environment: Environment): TerraformJson {
  return synthesise(new Foundation(Testing.app(), { ...layerProps("staging"), environment }));
}
