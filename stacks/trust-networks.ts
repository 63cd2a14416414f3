import { type TrustNetworkReferences, trustNetworkReferences } from "../constructs/swarm/trust-networks";
import type { LayerStack } from "../constructs/terraform/layer-stack";
import { layer1Outputs } from "./outputs";

/** The networks that Layer 1 made, for a layer above it. */
export function trustNetworksOf(stack: LayerStack): TrustNetworkReferences {
  return trustNetworkReferences(stack.environment, layer1Outputs.read(stack).networkIds);
}
