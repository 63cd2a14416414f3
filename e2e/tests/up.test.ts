import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { objectsOf, volumesOf } from "../../ops/swarm/objects";
import { buildApplications } from "../applications/build";
import { standInTag } from "../applications/tags";
import { images } from "../images";
import { mustRun, type Outcome } from "../support/command";
import { writeCompose } from "../support/compose";
import { eventually } from "../support/eventually";
import { applySecondsOf, forget, laptop, ops, prepareLaptop, startedUp, stateOf } from "../support/laptop";
import { measured } from "../support/report";
import { containersOf, engine } from "../support/swarm";
import { WORK_FOLDER } from "../support/work-folder";

const LONGEST_UP_SECONDS = 180;
const LONGEST_UNCHANGED_SECONDS = 30;
const MOST_OF_STACK_DEPLOY = 0.4;
/** It waits out one service's monitor after the other's: ten minutes in all. */
const LONGEST_STACK_SECONDS = 900;
const STACK_TEST_MILLISECONDS = 1_300_000;
/** The layers that are in the Swarm. */
const LAYERS = ["layer-1", "layer-2", "platform"] as const;

const named = (service: string) => `${laptop.prefix}-${service}`;
const inSwarm = async () => (await objectsOf(engine, laptop.prefix)).map(({ name }) => name);
const up = (web?: string) => ops(["up", "local"], web === undefined ? {} : { web: standInTag("web", web) });

/** Where it goes wrong, what was printed is what helps. */
function expectDone({ output, exitCode }: Outcome): void {
  expect({ exitCode, output: exitCode === 0 ? "" : output }).toEqual({ exitCode: 0, output: "" });
}

async function expectWell(web?: string): Promise<void> {
  expectDone(await up(web));
  expectDone(await ops(["verify", "local"], web === undefined ? {} : { web: standInTag("web", web) }));
}

let applied = 0;

beforeAll(async () => {
  await prepareLaptop();
  const bases = { node: images.node.reference, python: images.python.reference };
  for (const version of ["2", "crashes"]) {
    await buildApplications(bases, { version, only: ["web"] });
  }
});

afterAll(() => ops(["down", "local", "--volumes", "--confirm", "local"]));

test("one command leads from nothing to a laptop that runs as declared", async () => {
  const outcome = await up();
  expectDone(outcome);
  const { output, seconds } = outcome;
  expect(output).toContain("local runs as declared: http://localhost");
  applied = LAYERS.map(applySecondsOf).reduce((sum, it) => sum + it, 0);
  measured("ops up, from nothing to verified", `${seconds.toFixed(1)} s, of which applies ${applied.toFixed(1)} s`);
  expect(seconds).toBeLessThan(LONGEST_UP_SECONDS);
  expectDone(await ops(["verify", "local"]));
});

test("the same again changes nothing", async () => {
  const outcome = await up();
  expectDone(outcome);
  const { output, seconds } = outcome;
  expect(output.match(/local-\S+: nothing to change/g)).toHaveLength(4);
  measured("ops up, nothing to change", `${seconds.toFixed(1)} s`);
  expect(seconds).toBeLessThan(LONGEST_UNCHANGED_SECONDS);
});

test("a version that crashes is named with what Swarm and its log say, and the former one is well again", async () => {
  const { output, exitCode } = await up("crashes");
  expect(exitCode).toBe(1);
  expect(output).toContain("docker_service.web: service rollback completed");
  expect(output).toContain("Swarm says: task: non-zero exit (1)");
  expect(output).toContain("| Error: this version crashes at its start");
  await expectWell();
});

test("a command that is killed leaves Terraform at work, and the next one goes on", async () => {
  const child = await startedUp("2", () => Promise.resolve(true));
  child.kill("SIGKILL");
  await expectWell("2");
});

test.each(["SIGKILL", "SIGINT"] as const)("what %s cut off in the middle is made again", async (signal) => {
  const service = named("notification");
  await engine.getService(service).remove();
  // It would be known by its name.
  await forget("platform", "docker_service.notification");
  const child = await startedUp("2", async () => (await inSwarm()).includes(service));
  if (signal === "SIGKILL") {
    child.kill(signal);
    process.kill(child.terraform, signal);
    const outcome = await up("2");
    expectDone(outcome);
    expect(outcome.output).toContain(`Clear up after a deploy that was cut off: removed ${service}`);
  } else {
    child.kill(signal);
    expect(await child.exitCode).toBe(130);
    expect(await inSwarm()).not.toContain(service);
  }
  await expectWell("2");
});

test("a Vault that is sealed, with nobody to unseal it, is mended", async () => {
  await mustRun("docker", ["service", "scale", `${named("vault-bootstrap")}=0`]);
  const [vault] = await containersOf("vault", `${laptop.prefix}-`);
  await engine.getContainer(vault as string).kill();
  await expectWell("2");
});

test(
  "taking it down keeps the volumes alone, and docker stack deploy takes longer to bring it back",
  async () => {
    const folder = mkdtempSync(join(WORK_FOLDER, "compose-"));
    const compose = writeCompose(
      LAYERS.flatMap((layer) => stateOf(layer).resources),
      folder,
    );
    expect(await ops(["down", "local"])).toMatchObject({ exitCode: 1 });
    expectDone(await ops(["down", "local", "--confirm", "local"]));
    expect(await inSwarm()).toEqual([]);
    expect(await volumesOf(engine, laptop.prefix)).toContain(named("postgres-data"));

    const stack = `${laptop.prefix}-stack`;
    try {
      const { seconds } = await mustRun("docker", ["stack", "deploy", "--detach=false", "-c", compose, stack], {
        timeoutSeconds: LONGEST_STACK_SECONDS,
      });
      measured("docker stack deploy --detach=false of the same services", `${seconds.toFixed(1)} s`);
      measured("applies, of that", (applied / seconds).toFixed(2));
      expect(applied / seconds).toBeLessThanOrEqual(MOST_OF_STACK_DEPLOY);
    } finally {
      await mustRun("docker", ["stack", "rm", "--detach=false", stack]);
      // Its networks go a little later.
      await eventually("nothing of the stack is left", 60, async () => (await inSwarm()).length === 0);
      rmSync(folder, { recursive: true });
    }
  },
  STACK_TEST_MILLISECONDS,
);

test("taking it down with its volumes leaves nothing", async () => {
  await expectWell();
  expectDone(await ops(["down", "local", "--volumes", "--confirm", "local"]));
  expect(await inSwarm()).toEqual([]);
  expect(await volumesOf(engine, laptop.prefix)).toEqual([]);
});
