import { areHostsPinned } from "../../config/known-hosts";
import { useDockerOfEnvironment } from "../../stacks/docker-access";
import { environmentNamed, interpolated, synthesise, testStack } from "../support/testing";

jest.mock("../../config/known-hosts", () => ({
  ...jest.requireActual("../../config/known-hosts"),
  areHostsPinned: jest.fn(),
}));

const ONE_CONNECTION = [
  ...["-o", "ControlMaster=auto", "-o", "ControlPath=~/.sprocket-%C", "-o", "ControlPersist=60"],
  ...["-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=3"],
];

function providerOf(name: string, isPinned = false) {
  jest.mocked(areHostsPinned).mockReturnValue(isPinned);
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
        ssh_opts: ["-o", "StrictHostKeyChecking=accept-new", ...ONE_CONNECTION],
      },
    ],
    reads: ["foundation"],
  });
});

test("once somebody has pinned them, no other host keys are accepted", () => {
  expect(providerOf("staging", true).docker[0].ssh_opts).toEqual([
    "-o",
    "StrictHostKeyChecking=yes",
    "-o",
    "UserKnownHostsFile=../../../config/known-hosts/staging",
    ...ONE_CONNECTION,
  ]);
});

test.each(["lan", "local"])("%s is on the machine's own Swarm, and needs no foundation", (name) => {
  expect(providerOf(name)).toEqual({ docker: [{}], reads: [] });
});
