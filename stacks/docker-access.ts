import type { LayerStack } from "../constructs/terraform/layer-stack";
import { useDocker } from "../constructs/terraform/providers";
import { foundationOutputs } from "./outputs";

/** Lets a layer talk to the Swarm: in the cloud the foundation's, elsewhere the machine's own. */
export function useDockerOfEnvironment(stack: LayerStack): void {
  const inCloud = stack.environment.platform === "cloud";
  useDocker(stack, inCloud ? foundationOutputs.read(stack).dockerHost : undefined);
}
