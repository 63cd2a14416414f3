import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type DeclaredSwarm, declaredSwarm } from "../support/declared-swarm";
import { Workshop } from "../support/deploying";
import { logFrame, swarmTask } from "../support/docker-engine";
import { freePort } from "../support/http-server";
import { STATE_FOLDER } from "../support/ops-folders";
import { madeUpEnvironment } from "../support/secrets";
import { type Exceptions, type Swarm, type SwarmContent, swarm, swarmObject } from "../support/swarm";
import { complains, makes, plans } from "../support/terraform";

jest.mock("../../ops/folders", () => jest.requireActual("../support/ops-folders"));
jest.mock("node:timers/promises", () => jest.requireActual("../support/short-pauses"));

const workshop = new Workshop();
const later = () => new Date(Date.now() + 60_000);
const redis = "docker_service.redis";
/** A layer that has something to do as long as it was not applied. */
const changing = `test -f applied || { ${plans(redis, "update")}; exit 2; }`;

let declared: DeclaredSwarm;
let engine: Swarm;

/** A Swarm where all is as declared, but for what a test changes. */
async function docker(content: Partial<SwarmContent> = {}, exceptions: Exceptions = {}): Promise<void> {
  engine = await swarm({ ...declared.content, ...content }, exceptions, join(workshop.folder, "docker.sock"));
}

const surroundings = (terraform: Readonly<Record<string, string>> = {}) => ({
  dockerHost: `unix://${join(workshop.folder, "docker.sock")}`,
  ports: declared.ports,
  terraform,
});
const up = (terraform?: Readonly<Record<string, string>>) => workshop.run("up", surroundings(terraform));
const changedIn = ({ told }: Swarm) => told.map(({ what }) => what);
const records = () => readdirSync(STATE_FOLDER).filter((name) => name.endsWith(".run.json"));

beforeAll(async () => {
  declared = await declaredSwarm();
});
beforeEach(() => workshop.clear());
afterEach(() => engine.close());
afterAll(() => {
  declared.close();
});

test("where everything is as declared it says so of every layer, and changes nothing", async () => {
  await docker();
  const { status, stdout, stderr } = await up();

  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  for (const layer of ["layer-1", "secrets", "layer-2", "platform"]) {
    expect(stdout).toContain(`local-${layer}: nothing to change`);
  }
  expect(stdout).toMatch(/\nlocal runs as declared: http:\/\/localhost:\d+\n$/);
  expect(workshop.questions(/^npm/)).toEqual(["npm run --silent synth of local"]);
  expect(workshop.questions(/^local-\S+ plan/)).toHaveLength(4);
  expect(workshop.questions(/ apply /)).toEqual([]);
  expect(changedIn(engine)).toEqual([]);
});

test("a layer that changed is applied, and only those above it are planned anew", async () => {
  await docker();
  const { status, stdout, stderr } = await up({
    "local-layer-2.plan": changing,
    "local-layer-2.apply": "touch applied",
  });
  const questions = workshop.questions(/ (plan|apply) /).map((question) => question.replace(/ -.*/, ""));

  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("local-layer-2: 1 changed");
  expect(stdout).toContain("local-platform: nothing to change");
  expect(questions.slice(0, 4).sort()).toEqual(
    ["layer-1", "layer-2", "platform", "secrets"].map((layer) => `local-${layer} plan`),
  );
  expect(questions.slice(4)).toEqual(["local-layer-2 apply", "local-platform plan"]);
  expect(records()).toEqual([]);
});

test("an apply that fails is told with all that was seen, and the layers above are not begun", async () => {
  const name = "sprocket-local-redis";
  const failed = swarmTask(name, "failed", later(), "task: non-zero exit (1)");
  await docker(
    { tasks: [...declared.content.tasks, failed] },
    { [`GET /services/${name}/logs`]: () => ({ status: 200, body: logFrame("t1", 1, "cannot open its data") }) },
  );
  const { status, stderr } = await up({
    "local-layer-2.plan": changing,
    "local-layer-2.apply": `sleep 0.5; ${complains("error", "Did not converge", { address: redis })}; exit 1`,
  });
  const log = /^All that Terraform said: (.*)$/m.exec(stderr)?.[1] ?? "";

  expect(status).toBe(1);
  expect(stderr).toContain(`
local-layer-2 failed. Terraform says:
  docker_service.redis: Did not converge

${name}:
  Swarm says: task: non-zero exit (1)
  the last lines of its log:
  | cannot open its data

All that Terraform said: `);
  expect(readFileSync(resolve(log), "utf8")).toContain("Did not converge");
  expect(workshop.questions(/^local-platform (plan|apply)/).length).toBeLessThanOrEqual(1);
  expect(records()).toEqual([]);
});

test("where something that a deploy needs is not there, it says what and changes nothing", async () => {
  await docker();
  const { status, stderr } = await up({ "any.version": `echo '{"terraform_version":"1.10.5"}'` });

  expect(status).toBe(1);
  expect(stderr).toMatch(/^failed +Terraform +is 1\.10\.5 *\n +→ install Terraform .*/m);
  expect(stderr).toMatch(/\nlocal cannot be deployed\. Nothing was changed\.\n$/);
  expect(workshop.questions()).toEqual(["any version -json"]);
});

test("away from a laptop nothing is changed that nobody approves, and what would be is listed", async () => {
  await docker({ services: [], tasks: [] });
  const { status, stderr } = await workshop.run("up", {
    ...surroundings({
      "lan-layer-1.plan": `${[
        plans("docker_network.ingress", "create"),
        plans("data.docker_network.other", "read"),
        plans("docker_service.traefik", "replace"),
        plans("docker_service.vault", "update"),
        plans("docker_secret.old", "delete"),
      ].join("\n")}\nexit 2`,
    }),
    environment: "lan",
    ports: { http: await freePort(), https: await freePort(), vault: await freePort() },
    variables: madeUpEnvironment(),
  });

  expect(status).toBe(1);
  expect(stderr).toContain(`
lan-layer-1 would change, and nobody is here to approve it:
+ docker_network.ingress
-/+ docker_service.traefik
~ docker_service.vault
- docker_secret.old
Give --auto-approve.
`);
  expect(workshop.questions(/ apply /)).toEqual([]);
  expect(changedIn(engine)).toEqual([]);
});

test("while one works a second one is refused, and Ctrl-C ends the first in good order", async () => {
  const [begun, interrupted] = ["begun", "interrupted"].map((name) => join(workshop.folder, name)) as [string, string];
  const secret = "sprocket-local-redis-left-behind";
  await docker({ secrets: [swarmObject(secret, later())] });
  const first = workshop.run(
    "up",
    surroundings({
      "local-layer-2.plan": changing,
      "local-layer-2.apply": `
          end() { touch '${interrupted}'; ${complains("error", "interrupted")}; exit 1; }
          trap end INT; ${makes("docker_service.redis")}; touch '${begun}'
          while :; do sleep 0.05; done`,
    }),
  );
  while (!existsSync(begun)) {
    await sleep(20);
  }
  const wasRecorded = records();
  const second = await up();
  process.emit("SIGINT");
  const { status, stderr } = await first;

  expect(second).toMatchObject({ status: 1, stderr: expect.stringContaining("environment: 1 fault\n") });
  expect(second.stderr).toMatch(
    new RegExp(`  - local: up of .+, process ${process.pid}, since .+, works on it; wait until that ended\n$`),
  );
  expect(status).toBe(130);
  expect(stderr).toMatch(/^Stopped by SIGINT\. What was done so far stays\. To go on, run the same again\.\n$/m);
  expect(existsSync(interrupted)).toBe(true);
  expect(changedIn(engine)).toEqual([`DELETE /secrets/id-of-${secret}`]);
  expect([wasRecorded, records()]).toEqual([["local.run.json"], []]);
});
