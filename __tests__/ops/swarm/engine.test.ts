import { sshOptions } from "../../../config/known-hosts";
import { dockerOverSsh } from "../../../ops/ssh/docker-over-ssh";
import { dockerEngine } from "../../../ops/swarm/engine";

jest.mock("../../../ops/ssh/docker-over-ssh", () => ({ dockerOverSsh: jest.fn(() => "reached by ssh") }));

const before = process.env.DOCKER_HOST;
afterAll(() => {
  process.env.DOCKER_HOST = before;
});

test.each([
  ["ssh://deploy@203.0.113.7", { address: "203.0.113.7", user: "deploy" }],
  ["ssh://deploy@203.0.113.7:2222", { address: "203.0.113.7", user: "deploy", port: "2222" }],
  ["ssh://box", { address: "box" }],
])("Docker at %s is reached by ssh itself, which looks whose key it is", (host, target) => {
  process.env.DOCKER_HOST = host;

  expect(dockerEngine({ name: "staging" })).toBe("reached by ssh");
  expect(dockerOverSsh).toHaveBeenLastCalledWith(target, sshOptions(undefined));
});

test.each(["", "unix:///var/run/docker.sock", "tcp://127.0.0.1:2375"])("Docker at %p is reached without", (host) => {
  process.env.DOCKER_HOST = host;

  expect(dockerEngine({ name: "staging" })).not.toBe("reached by ssh");
});
