import { type EngineFacts, engineFindings, factsOf, isOfThisMachine } from "../../../ops/diagnosis/engine";

const facts: EngineFacts = {
  version: "28.5.2",
  architecture: "x86_64",
  swarm: "active",
  isManager: true,
  memoryBytes: 1,
  dataFolder: "/var/lib/docker",
  aheadSeconds: 0,
};
const found = (changes: Partial<EngineFacts>) => engineFindings(Promise.resolve({ ...facts, ...changes }));

const docker = { subject: "Docker", state: "ok", message: "28.5.2 on x86_64" };
const swarm = { subject: "Swarm", state: "ok", message: "Docker is a manager of a Swarm" };

test("a manager of a Swarm is well", async () => {
  expect(await found({})).toEqual([docker, swarm]);
});

test("an engine that is too old has failed", async () => {
  expect(await found({ version: "19.03.15" })).toEqual([
    { subject: "Docker", state: "failed", message: "19.03.15 is too old", remedy: "install Docker 20.10 or newer" },
    swarm,
  ]);
});

test.each<[string, Partial<EngineFacts>, string, string]>([
  ["without a Swarm", { isManager: false, swarm: "inactive" }, "Docker's Swarm is inactive", "docker swarm init"],
  [
    "that is a worker",
    { isManager: false },
    "Docker is only a worker of its Swarm",
    "name a manager's engine in DOCKER_HOST",
  ],
])("an engine %s has failed", async (_, changes, message, remedy) => {
  expect(await found(changes)).toEqual([docker, { subject: "Swarm", state: "failed", message, remedy }]);
});

test("an engine that does not answer has failed, once", async () => {
  expect(await engineFindings(Promise.reject(new Error("connect ENOENT")), "unix:///none")).toEqual([
    {
      subject: "Docker",
      state: "failed",
      message: "does not answer at unix:///none: connect ENOENT",
      remedy: "start Docker, or name another engine in DOCKER_HOST",
    },
  ]);
});

test("an engine's answer is read", () => {
  const info = {
    ServerVersion: "28.5.2",
    Architecture: "x86_64",
    MemTotal: 1,
    DockerRootDir: "/var/lib/docker",
    SystemTime: "2026-01-01T01:00:07.123456789+01:00",
    Swarm: { LocalNodeState: "active", ControlAvailable: true },
  };

  expect(factsOf(info, Date.parse("2026-01-01T00:00:00Z"))).toEqual({ ...facts, aheadSeconds: 7.123 });
});

test("an engine that says nothing of itself is none that will do", () => {
  expect(factsOf({}, 0)).toMatchObject({ version: "", swarm: "inactive", isManager: false, memoryBytes: Number.NaN });
});

test.each([
  [undefined, true],
  ["", true],
  ["unix:///run/user/1000/docker.sock", true],
  ["npipe:////./pipe/docker_engine", true],
  ["tcp://192.0.2.1:2375", false],
  ["ssh://deploy@192.0.2.1", false],
])("whether an engine at %s is of this machine: %s", (host, expected) => {
  expect(isOfThisMachine(host)).toBe(expected);
});
