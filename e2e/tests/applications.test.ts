import { setTimeout as sleep } from "node:timers/promises";
import { APEX, publicUrl } from "../../config/hosts";
import { environment } from "../environment";
import { FIRST_VERSION } from "../images";
import { synthesise } from "../program";
import { deployApplications, VARIABLES } from "../support/deployment";
import { eventually } from "../support/eventually";
import { type Answer, askHost } from "../support/http";
import { measured } from "../support/report";
import {
  containersOf,
  engine,
  killContainersOf,
  killOneOf,
  logsOfService,
  runningHealthy,
  stopContainersOf,
} from "../support/swarm";
import { Terraform } from "../support/terraform";
import { OUTPUT_FOLDER } from "../support/work-folder";

/** By their names in the Swarm. */
const APPLICATIONS = [
  "api",
  "web",
  "discord-bot",
  "image-frontend",
  "image-service",
  "notification",
  "analytics",
  "matchmaking",
  "submission",
  "replay-parser",
] as const;
/** Those that hear no events any more once the broker was away. */
const DEAFENED = ["api", "discord-bot", "notification", "matchmaking", "submission"] as const;
/** How long others are watched after one was killed. */
const WATCHED_SECONDS = 5;
const WATCH_PAUSE_MILLISECONDS = 200;

const [secrets, layer2, platform] = (["e2e-secrets", "e2e-layer-2", "e2e-platform"] as const).map(
  (stack) => new Terraform(stack, VARIABLES),
) as [Terraform, Terraform, Terraform];

beforeAll(async () => {
  await deployApplications();
  // Other tests change what the applications stand on.
  await platform.mustApply();
});

/** What the page says of the way through every part. */
async function roundTrip(): Promise<Record<string, unknown>> {
  const { status, body } = await askHost(APEX);
  const [, json] = /<pre id="round-trip">(.*)<\/pre>/s.exec(body) ?? [];
  if (status !== 200 || json === undefined) {
    throw new Error(`the page was answered ${status}: ${body}`);
  }
  return JSON.parse(json.replaceAll("&quot;", '"').replaceAll("&amp;", "&"));
}

/** Docker's ids of the services, which others have that were made anew in place of being updated. */
async function serviceIds(): Promise<readonly string[]> {
  const services = await engine.listServices();
  return services
    .filter(({ Spec }) => APPLICATIONS.some((name) => Spec?.Name === `${environment.prefix}-${name}`))
    .map(({ ID }) => ID)
    .sort();
}

/** Asks again and again; what it gives back ends that, and says which answers were no success. */
function watch(ask: () => Promise<Answer>): () => Promise<unknown[]> {
  const failures: unknown[] = [];
  let watching = true;
  const done = (async () => {
    while (watching) {
      const answer = await ask().catch((error: Error) => error.message);
      if (typeof answer === "string" || answer.status !== 200) {
        failures.push(answer);
      }
      await sleep(WATCH_PAUSE_MILLISECONDS);
    }
  })();
  return async () => {
    watching = false;
    await done;
    return failures;
  };
}

async function everyContainer(): Promise<Readonly<Record<string, readonly string[]>>> {
  const containers = await Promise.all(
    APPLICATIONS.map(async (name) => [name, await containersOf(name).catch(() => [])] as const),
  );
  return Object.fromEntries(containers);
}

test("the page is served through Traefik, by way of the API, the broker, the worker and the database", async () => {
  const seconds = await eventually("the page is served", 30, async () => (await askHost(APEX)).status === 200);
  measured("page answers after the applications were deployed", `${seconds.toFixed(1)} s`);

  expect(await roundTrip()).toMatchObject({
    version: FIRST_VERSION,
    player: expect.anything(),
    parsed: expect.anything(),
  });
});

test("nothing is left to do: the second plan of the applications is empty", async () => {
  const { exitCode, seconds } = await platform.plan();
  expect(exitCode).toBe(0);
  measured("plan of the applications with nothing to change", `${seconds.toFixed(1)} s`);
});

describe("the image pages", () => {
  test("read the database and the bucket", async () => {
    expect(await askHost("image-generation", { path: "/api/imageTypes" })).toMatchObject({ status: 200 });
  });

  test("give a browser an address by which it reaches the bucket", async () => {
    const { key } = JSON.parse((await askHost("image-generation", { path: "/api/run" })).body);
    const { body } = await askHost("image-generation", { path: `/api/presigned?key=${key}` });
    const { pathname, search, host } = new URL(JSON.parse(body).url);
    const answer = await askHost("s3", { path: `${pathname}${search}`, headers: { host } });

    expect(`http://${host}`).toBe(publicUrl(environment, "s3"));
    expect(answer.status).toBe(200);
  });
});

test("when any one of them is killed it comes back, and the others do not fall", async () => {
  for (const victim of APPLICATIONS) {
    const { [victim]: _, ...others } = await everyContainer();
    const running = Object.entries(others).filter(([, ids]) => ids.length > 0);
    await killOneOf(victim);
    await sleep(WATCHED_SECONDS * 1000);
    const after = await everyContainer();

    expect(running.filter(([name, ids]) => ids.some((id) => !after[name]?.includes(id)))).toEqual([]);
  }
  const seconds = await eventually("all are healthy again", 180, async () => {
    const healthy = await Promise.all(APPLICATIONS.map((name) => runningHealthy(name)));
    return healthy.every(Boolean);
  });
  measured("ten applications killed one after the other, until all were healthy again", `${seconds.toFixed(1)} s`);
  await eventually("the page is served again", 30, async () => (await roundTrip()).version === FIRST_VERSION);
});

describe("after the broker went away in good order and came back", () => {
  test("those that hear nothing any more are started anew", async () => {
    // Old enough that nobody takes them for having started together with the broker.
    await sleep(35_000);
    const before = await everyContainer();
    const gaps = watch(() => askHost("api", { path: "/version" }));
    await stopContainersOf("rabbitmq");
    const seconds = await eventually("each of them has another container, which is healthy", 420, async () => {
      const now = await everyContainer();
      const replaced = DEAFENED.every(
        (name) => now[name]?.length && !now[name].some((id) => before[name]?.includes(id)),
      );
      return replaced && (await Promise.all(DEAFENED.map((name) => runningHealthy(name)))).every(Boolean);
    });
    measured("the broker restarted, until everybody heard it again", `${seconds.toFixed(1)} s`);
    expect(await gaps()).toEqual([]);

    await roundTrip();
    await eventually("the API hears an event", 30, async () => {
      await roundTrip();
      return JSON.parse((await askHost("api", { path: "/heard" })).body).events > 0;
    });
  });
});

test("a schema is never restored over anything", async () => {
  await killContainersOf("schema");
  await eventually("the task is healthy again", 60, () => runningHealthy("schema"));

  expect(await logsOfService("schema")).toMatch(/nothing is restored over them/);
});

test("a changed password of the broker rolls whoever has it, and whoever would be deaf after it", async () => {
  const [before, services] = [await everyContainer(), await serviceIds()];
  synthesise({ outdir: OUTPUT_FOLDER, changes: { rotations: { "rabbitmq/image-generation-service-password": 2 } } });
  for (const layer of [secrets, layer2, platform]) {
    await layer.mustApply();
  }
  const after = await everyContainer();
  const rolled = APPLICATIONS.filter(
    (name) => after[name]?.length && !after[name].some((id) => before[name]?.includes(id)),
  );

  expect(rolled).toEqual(expect.arrayContaining([...DEAFENED, "image-service"]));
  expect(rolled).not.toContain("web");
  expect(await serviceIds()).toEqual(services);
  expect((await roundTrip()).version).toBe(FIRST_VERSION);
});

test("without a token of Discord's there is no bot, and that is no failure", async () => {
  const withoutToken = { ...VARIABLES, TF_VAR_discord_bot_token: "" };
  for (const stack of ["e2e-secrets", "e2e-platform"] as const) {
    await new Terraform(stack, withoutToken).mustApply();
  }
  await eventually("no bot runs", 30, async () => (await everyContainer())["discord-bot"]?.length === 0);

  expect((await new Terraform("e2e-platform", withoutToken).plan()).exitCode).toBe(0);
  // Other tests begin with what was deployed at first.
  synthesise({ outdir: OUTPUT_FOLDER });
  for (const layer of [secrets, layer2, platform]) {
    await layer.mustApply();
  }
  expect(await runningHealthy("discord-bot")).toBe(true);
});
