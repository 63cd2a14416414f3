import { SwarmConfig } from "../constructs/swarm/swarm-config";
import type { LayerStack } from "../constructs/terraform/layer-stack";
import { layer1Outputs } from "./outputs";

/**
 * The certificate of the environment's own authority, for what must trust it; undefined where it has none.
 *
 * @param id its construct's, which no two layers share: configs of one name exclude each other in the Swarm
 */
export function authorityOf(stack: LayerStack, id: string): SwarmConfig | undefined {
  return stack.environment.certificates.kind === "private"
    ? new SwarmConfig(stack, id, { content: layer1Outputs.read(stack).authorityCertificate })
    : undefined;
}
