import type { IConstruct } from "constructs";
import type { Cloud } from "../../config/schema";
import { LayerStack } from "../terraform/layer-stack";

/**
 * What the environment of a construct asks of the cloud's accounts.
 *
 * @throws Error when it has none
 */
export function cloudOf(construct: IConstruct): Cloud {
  const { cloud, name } = LayerStack.of(construct).environment;
  if (cloud === undefined) {
    throw new Error(`${construct.node.path}: ${name} has no cloud; make it for an environment with one`);
  }
  return cloud;
}
