import type Docker from "dockerode";
import { offerSwarm } from "../../../ops/swarm/start";
import { environmentNamed } from "../../support/testing";

const { DOCKER_HOST } = process.env;

beforeEach(() => {
  delete process.env.DOCKER_HOST;
});
afterAll(() => {
  if (DOCKER_HOST !== undefined) {
    process.env.DOCKER_HOST = DOCKER_HOST;
  }
});

/** A Docker whose node is in a Swarm, or not, in Docker's words. */
function docker(state: string) {
  const swarmInit = jest.fn();
  const info = async () => ({ Swarm: { LocalNodeState: state } });
  return { swarmInit, docker: { info, swarmInit } as unknown as Docker };
}

const agrees = async () => true;

test("a Docker without a Swarm becomes one that only this machine reaches, if a person agrees", async () => {
  const { docker: engine, swarmInit } = docker("inactive");
  await offerSwarm(engine, environmentNamed("local"), async () => false);
  const withoutConsent = swarmInit.mock.calls.length;
  await offerSwarm(engine, environmentNamed("local"), agrees);

  expect(withoutConsent).toBe(0);
  expect(swarmInit.mock.calls).toEqual([[{ ListenAddr: "127.0.0.1:2377", AdvertiseAddr: "127.0.0.1" }]]);
});

test.each([
  ["that is in a Swarm", "active", "local", undefined],
  ["of a Swarm that waits for another node", "pending", "local", undefined],
  ["in the cloud", "inactive", "production", undefined],
  ["of another machine", "inactive", "lan", "tcp://192.0.2.1:2375"],
])("nobody is asked about a Docker %s", async (_, state, environment, host) => {
  const { docker: engine, swarmInit } = docker(state);
  const asked = jest.fn(agrees);
  if (host !== undefined) {
    process.env.DOCKER_HOST = host;
  }
  await offerSwarm(engine, environmentNamed(environment), asked);

  expect(asked).not.toHaveBeenCalled();
  expect(swarmInit).not.toHaveBeenCalled();
});

test("whether Docker answers is not said here", async () => {
  const engine = { info: () => Promise.reject(new Error("connect ENOENT")) } as unknown as Docker;

  await expect(offerSwarm(engine, environmentNamed("local"), agrees)).resolves.toBeUndefined();
});
