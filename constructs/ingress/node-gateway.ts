import { DataDockerNetwork } from "@cdktf/provider-docker/lib/data-docker-network";
import { ref, Token } from "cdktf";
import type { Construct } from "constructs";
import { LayerStack } from "../terraform/layer-stack";

/** The bridge by which Swarm's containers reach their node; Docker makes it with the Swarm. */
const GATEWAY_BRIDGE = "docker_gwbridge";

/**
 * The address from which a node's own requests reach a container's published port, read when
 * Terraform plans.
 */
export function nodeGatewayAddress(scope: Construct): string {
  const bridge = new DataDockerNetwork(scope, "gateway-bridge", { name: GATEWAY_BRIDGE });
  const gateways = `[for range in ${bridge.fqn}.ipam_config : range.gateway if !strcontains(range.gateway, ":")]`;
  return Token.asString(ref(`${gateways}[0]`, LayerStack.of(scope)));
}
