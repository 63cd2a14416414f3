import { SwarmConfig } from "../constructs/swarm/swarm-config";
import type { LayerStack } from "../constructs/terraform/layer-stack";
import { layer1Outputs } from "./outputs";

/** The certificate of the environment's own authority, for what must trust it; undefined where it has none. */
export function authorityOf(stack: LayerStack): SwarmConfig | undefined {
  return stack.environment.certificates.kind === "private"
    ? new SwarmConfig(stack, "authority", { content: layer1Outputs.read(stack).authorityCertificate })
    : undefined;
}
