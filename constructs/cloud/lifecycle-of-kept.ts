import type { TerraformResourceLifecycle } from "cdktf";

/**
 * The lifecycle of what holds data, or what the world knows us by: a plan that would destroy it fails.
 *
 * @param settledAtBirth arguments that count when it is made and never again: another value later changes nothing,
 * where Terraform would make it anew. What was made by hand keeps its name this way
 */
export function lifecycleOfKept(settledAtBirth: readonly string[] = []): TerraformResourceLifecycle {
  return { preventDestroy: true, ...(settledAtBirth.length > 0 ? { ignoreChanges: [...settledAtBirth] } : {}) };
}
