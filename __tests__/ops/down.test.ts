import { join } from "node:path";
import { Workshop } from "../support/deploying";
import { ops } from "../support/ops-command";
import type { Outcome } from "../support/processes";
import { type Swarm, type SwarmContent, swarm, swarmObject } from "../support/swarm";
import { complains, plans } from "../support/terraform";

jest.mock("../../ops/folders", () => jest.requireActual("../support/ops-folders"));
jest.mock("node:timers/promises", () => jest.requireActual("../support/short-pauses"));

const PREFIX = "sprocket-local";
const workshop = new Workshop();
const socket = join(workshop.folder, "docker.sock");
const volumes = [{ Name: `${PREFIX}-postgres` }, { Name: `${PREFIX}-vault` }, { Name: "other" }];
const deployed = `${plans("docker_service.it", "delete")}; exit 2`;

let engine: Swarm | undefined;

async function docker(content: Partial<SwarmContent> = {}): Promise<Swarm> {
  engine = await swarm({ volumes, ...content }, {}, socket);
  return engine;
}

function down(options: readonly string[], terraform: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  // Nobody listens there.
  const ports = { http: 1, vault: 2 };
  return workshop.run("down", { options, dockerHost: `unix://${socket}`, ports, terraform });
}

const changes = () =>
  workshop.questions(/ (plan|apply|state) /).map((question) => question.replace(/ -json .* -out=\S+/, ""));

beforeEach(() => workshop.clear());
afterEach(() => engine?.close());

test.each([
  [["local"], "This removes local and keeps its data. Write local to go on:"],
  [["lan", "--volumes"], "This removes lan and deletes all its data. Write lan to go on:"],
])("where nobody sits at a terminal, %j says what it would ask, and how to answer", async (args, question) => {
  const { status, stderr } = await ops(["down", ...args]);

  expect(status).toBe(1);
  expect(stderr).toBe(`${question}\nNobody is here to be asked: answer with --confirm.\n`);
});

test.each([
  ["local", ["lan"], '"lan" is not "local"'],
  ["production", ["local"], '"local" is not "production"'],
  ["production", ["production"], 'nothing is not "sprocket.example.org"'],
  ["production", ["production", "production"], '"production" is not "sprocket.example.org"'],
])("of %s nothing is removed by who answers %j", async (environment, answers, message) => {
  const { status, stderr } = await ops(["down", environment, "--volumes", "--confirm", ...answers]);

  expect(status).toBe(1);
  expect(stderr).toBe(`Nothing was removed: ${message}.\n`);
});

test("layers are removed from the highest to the lowest, and data stays with what is in Vault", async () => {
  const made = await docker();
  const { status, stdout, stderr } = await down(["--confirm", "local"], {
    "local-platform.plan": deployed,
    "local-layer-2.plan": deployed,
    "local-layer-1.plan": deployed,
  });

  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(changes()).toEqual(
    ["platform", "layer-2", "layer-1"].flatMap((layer) => [
      `local-${layer} plan -destroy`,
      expect.stringMatching(`^local-${layer} apply `),
    ]),
  );
  expect(stdout).toContain("local-platform: 1 removed");
  expect(stdout).toMatch(/\nlocal is removed\. Its data is still there\.\n$/);
  expect(made.content.volumes).toEqual(volumes);
});

test("with --volumes all data goes, and what was in Vault is forgotten", async () => {
  const made = await docker();
  const resources = [{ mode: "managed", type: "vault_mount", name: "kv", instances: [] }];
  const { status, stdout, stderr } = await down(["--volumes", "--confirm", "local"], {
    "local-layer-1.plan": deployed,
    "local-secrets.state": `test "$2" != pull || echo '${JSON.stringify({ resources })}'`,
  });

  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("local-platform: was not deployed");
  expect(stdout).toContain("Remove volumes, and with them what is in Vault: 2 removed");
  expect(stdout).toMatch(/\nlocal is removed\.\n$/);
  expect(made.content.volumes).toEqual([{ Name: "other" }]);
  expect(changes().slice(-2)).toEqual(["local-secrets state pull", "local-secrets state rm vault_mount.kv"]);
});

test("with a Vault that does not answer Terraform does not look, and first forgets what somebody removed by hand", async () => {
  const there = `${PREFIX}-vault`;
  await docker({ services: [swarmObject(there, new Date())] });
  const service = (name: string) => ({
    mode: "managed",
    type: "docker_service",
    name,
    instances: [{ attributes: { name: `${PREFIX}-${name}` } }],
  });
  const resources = [
    service("vault"),
    service("traefik"),
    { mode: "managed", type: "random_id", name: "it", instances: [] },
  ];
  await down(["--confirm", "local"], {
    "local-layer-1.state": `test "$2" != pull || echo '${JSON.stringify({ resources })}'`,
  });

  expect(changes().slice(-3)).toEqual([
    "local-layer-1 state pull",
    "local-layer-1 state rm docker_service.traefik",
    "local-layer-1 plan -destroy -refresh=false",
  ]);
});

describe("where Terraform gives up waiting for a container of a service that it removed", () => {
  const givesUp = complains("error", "error on wait for container with ID abc: context deadline exceeded");

  test("the rest is removed by another plan", async () => {
    await docker();
    const { status, stdout, stderr } = await down(["--confirm", "local"], {
      "local-layer-2.plan": deployed,
      "local-layer-2.apply": `test -e tried && exit 0; touch tried; ${givesUp}; exit 1`,
    });

    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("local-layer-2: 1 removed");
    expect(changes().filter((question) => question.startsWith("local-layer-2 plan"))).toHaveLength(2);
  });

  test("it is said where that happens again", async () => {
    await docker();
    const { status, stderr } = await down(["--confirm", "local"], {
      "local-layer-2.plan": deployed,
      "local-layer-2.apply": `${givesUp}; exit 1`,
    });

    expect(status).toBe(1);
    expect(stderr).toContain("local-layer-2 failed. Terraform says:\n  error on wait for container with ID abc");
    expect(changes().filter((question) => question.startsWith("local-layer-2 plan"))).toHaveLength(2);
  });
});

test("what is left is named, and left alone", async () => {
  const made = await docker({
    configs: [swarmObject(`${PREFIX}-by-hand`, new Date()), swarmObject("other", new Date())],
  });
  const { status, stderr } = await down(["--confirm", "local"]);

  expect(status).toBe(1);
  expect(stderr).toContain(`
The layers are removed, and this is left of local. Terraform did not make it, or lost its state:
  config ${PREFIX}-by-hand
`);
  expect(made.told).toEqual([]);
});
