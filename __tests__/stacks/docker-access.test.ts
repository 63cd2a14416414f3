import { useDockerOfEnvironment } from "../../stacks/docker-access";
import { environmentNamed, interpolated, synthesise, testStack } from "../support/testing";

function providerOf(name: string) {
  const stack = testStack({ environment: environmentNamed(name) });
  useDockerOfEnvironment(stack);
  const { provider, data } = synthesise(stack);
  return { docker: provider.docker, reads: Object.keys(data?.terraform_remote_state ?? {}) };
}

test.each(["production", "staging"])("%s is on the Swarm that the foundation made, by SSH", (name) => {
  expect(providerOf(name)).toEqual({
    docker: [
      {
        host: interpolated("data.terraform_remote_state.foundation.outputs.docker_host"),
        ssh_opts: ["-o", "StrictHostKeyChecking=accept-new"],
      },
    ],
    reads: ["foundation"],
  });
});

test.each(["lan", "local"])("%s is on the machine's own Swarm, and needs no foundation", (name) => {
  expect(providerOf(name)).toEqual({ docker: [{}], reads: [] });
});
