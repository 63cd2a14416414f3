import autocannon from "autocannon";
import { hostName } from "../../config/hosts";
import type { Image } from "../../config/images/image";
import { buildApplications } from "../applications/build";
import { environment } from "../environment";
import { FIRST_VERSION, images, standIns } from "../images";
import { synthesise } from "../program";
import { deployApplications, VARIABLES } from "../support/deployment";
import { eventually } from "../support/eventually";
import { askHost } from "../support/http";
import { measured } from "../support/report";
import { containersOf, namesOf } from "../support/swarm";
import { Terraform } from "../support/terraform";
import { OUTPUT_FOLDER } from "../support/work-folder";

const REQUESTS = 10_000;
const REQUESTS_PER_SECOND = 500;
const CONNECTIONS = 20;
const LONGEST_LOAD_SECONDS = 120;
const MISSING_IMAGE = `127.0.0.1:5000/nobody/made-this@sha256:${"0".repeat(64)}`;

const platform = new Terraform("e2e-platform", VARIABLES);

/** Synthesises the applications with another image of the API. */
function release(core: Image, changes: Partial<typeof environment> = {}): void {
  synthesise({ outdir: OUTPUT_FOLDER, replaced: { core }, changes });
}

const versioned = (version: string) => standIns({ core: version }).core as Image;
const second = versioned("2");

async function served(): Promise<unknown> {
  const { status, body } = await askHost("api", { path: "/version" });
  return status === 200 ? JSON.parse(body).version : status;
}

/** Waits until every replica answers the same: as many answers in a row as would not all come from new ones by chance. */
async function untilServed(version: string): Promise<void> {
  await eventually(`version ${version} is served`, 20, async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, served));
    expect(answers).toEqual(Array(10).fill(version));
    return true;
  });
}

/** Sends requests at a steady rate while something happens, and until there were enough. */
async function underLoad(event: () => Promise<void>): Promise<autocannon.Result> {
  let answered = 0;
  let happened = false;
  const load = autocannon({
    url: `http://127.0.0.1:${environment.ports.http}/graphql?query=%7B__typename%7D`,
    headers: { host: hostName(environment, "api") },
    connections: CONNECTIONS,
    overallRate: REQUESTS_PER_SECOND,
    duration: LONGEST_LOAD_SECONDS,
    setupClient: (client) =>
      client.on("response", () => {
        answered += 1;
        if (happened && answered >= REQUESTS) {
          (load as unknown as autocannon.Instance).stop?.();
        }
      }),
  });
  let ended = false;
  void load.then(() => {
    ended = true;
  });
  await event();
  happened = true;
  if (ended) {
    throw new Error(`the load ended before the update did, after ${LONGEST_LOAD_SECONDS} s`);
  }
  return load;
}

beforeAll(async () => {
  await deployApplications();
  // Other tests change what the applications stand on.
  await platform.mustApply();
  const bases = { node: images.node.reference, python: images.python.reference };
  for (const version of ["2", "crashes", "unhealthy"]) {
    await buildApplications(bases, { version, only: ["core"] });
  }
  await buildApplications(bases, { version: "broken-migration", brokenMigration: true, only: ["core"] });
});

afterAll(async () => {
  release(versioned(FIRST_VERSION));
  await platform.mustApply();
});

test("a rolling update of the API loses no request under load", async () => {
  release(second);
  let seconds = 0;
  const result = await underLoad(async () => {
    ({ seconds } = await platform.mustApply());
    await untilServed("2");
  });
  const { "2xx": answered, non2xx, errors, timeouts } = result;

  measured(
    "requests during a rolling update of the API's two replicas",
    `${answered} answered, ${non2xx + errors + timeouts} lost, apply ${seconds.toFixed(1)} s`,
  );
  expect(answered).toBeGreaterThanOrEqual(REQUESTS);
  expect({ non2xx, errors, timeouts }).toEqual({ non2xx: 0, errors: 0, timeouts: 0 });
});

test("the state says what runs", async () => {
  expect(JSON.parse((await platform.outputs()).stdout).release.value).toMatchObject({
    core: second.reference,
    web: images.web.reference,
  });
});

test("a changed setting rolls the application that reads it, and no old config is left", async () => {
  const others = await containersOf("notification");
  const before = await containersOf("web");
  release(second, {
    applications: {
      ...environment.applications,
      chatwoot: { url: "https://chat.example.org", websiteToken: "public" },
    },
  });
  await platform.mustApply();
  const configs = await namesOf("configs");

  expect(configs.filter((name) => name.includes("web-configuration"))).toHaveLength(1);
  // A former container goes on serving for a while.
  await eventually("no former container is left", 30, async () =>
    (await containersOf("web")).every((id) => !before.includes(id)),
  );
  expect(await containersOf("notification")).toEqual(others);
});

test.each<[string, Image]>([
  ["is in no registry", { ...images.core, reference: MISSING_IMAGE }],
  ["crashes at its start", versioned("crashes")],
  ["never becomes healthy", versioned("unhealthy")],
  ["has a migration that fails", versioned("broken-migration")],
])("the API goes on serving the old version when the new one %s, and the apply fails", async (what, image) => {
  release(image);
  const { exitCode, output, seconds } = await platform.apply();

  expect(exitCode).not.toBe(0);
  expect(output).toContain("rollback");
  await untilServed("2");
  measured(`apply of an API that ${what}, until it failed`, `${seconds.toFixed(1)} s`);
});
