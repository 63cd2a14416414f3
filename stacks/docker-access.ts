import { areHostsPinned, knownHostsFile } from "../config/known-hosts";
import type { LayerStack } from "../constructs/terraform/layer-stack";
import { useDocker } from "../constructs/terraform/providers";
import { foundationOutputs } from "./outputs";

/** The project, from `cdktf.out/stacks/<stack>`, where Terraform runs: the JSON holds no path of a machine. */
const PROJECT = "../../..";

/** Lets a layer talk to the Swarm: in the cloud the foundation's, elsewhere the machine's own. */
export function useDockerOfEnvironment(stack: LayerStack): void {
  const { environment } = stack;
  if (environment.platform === "cloud") {
    const knownHosts = areHostsPinned(environment) ? `${PROJECT}/${knownHostsFile(environment)}` : undefined;
    useDocker(stack, foundationOutputs.read(stack).dockerHost, knownHosts);
  } else {
    useDocker(stack);
  }
}
