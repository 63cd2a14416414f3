import { quotaFindings } from "../../../ops/diagnosis/quotas";
import { type Answer, type HttpServer, serve } from "../../support/http-server";
import { environmentLike, environmentNamed } from "../../support/testing";

const staging = environmentNamed("staging");
const TOKEN = `dop_v1_${"b".repeat(64)}`;
const MORE = "ask its support for more, or remove what nobody needs";
const active = { status: "active", status_message: "", droplet_limit: 10, volume_limit: 10, reserved_ip_limit: 3 };
const { env } = process;

let api: HttpServer;
let asked: string[];
/** What differs of the account, how many machines the environment has, and how many there are of each in all. */
let account: object;
let machines: number;
let totals: Readonly<Record<string, number>>;
let refusal: Answer | undefined;

beforeAll(async () => {
  api = await serve(({ what, query, headers }) => {
    const path = what.replace("GET /v2/", "");
    asked.push(`${path}?${query}`);
    if (refusal !== undefined || headers.authorization !== `Bearer ${TOKEN}`) {
      return refusal ?? { status: 401 };
    }
    const list = { meta: { total: query.has("tag_name") ? machines : totals[path] } };
    return { status: 200, body: path === "account" ? { account: { ...active, ...account } } : list };
  });
});
beforeEach(() => {
  process.env = { DIGITALOCEAN_TOKEN: TOKEN, DIGITALOCEAN_API_URL: api.url };
  asked = [];
  account = {};
  machines = 0;
  totals = { droplets: 2, volumes: 1, reserved_ips: 1 };
  refusal = undefined;
});
afterAll(() => {
  process.env = env;
  api.close();
});

const isActive = { subject: "DigitalOcean's account", state: "ok", message: "is active" };

test("what an environment needs is held against what there is and what there may be", async () => {
  const several = environmentLike("staging", { cloud: { ...staging.cloud, managers: 3, workers: 2 } as never });

  expect(await quotaFindings(several)).toEqual([
    isActive,
    { subject: "droplets", state: "ok", message: "2 of at most 10 are there, and 5 more are needed" },
    { subject: "volumes", state: "ok", message: "1 of at most 10 are there, and 1 more are needed" },
    { subject: "reserved addresses", state: "ok", message: "1 of at most 3 are there, and 1 more are needed" },
  ]);
  expect(asked).toContain("droplets?per_page=1&tag_name=sprocket-staging");
});

test("what may not be had has failed, and each is named", async () => {
  account = { droplet_limit: 2, volume_limit: 1, reserved_ip_limit: 1 };

  expect((await quotaFindings(staging)).filter(({ state }) => state === "failed")).toEqual([
    { subject: "droplets", state: "failed", message: "2 of at most 2 are there, and 1 more are needed", remedy: MORE },
    { subject: "volumes", state: "failed", message: "1 of at most 1 are there, and 1 more are needed", remedy: MORE },
    {
      subject: "reserved addresses",
      state: "failed",
      message: "1 of at most 1 are there, and 1 more are needed",
      remedy: MORE,
    },
  ]);
});

test("what is there already needs nothing more, however full the account is", async () => {
  account = { droplet_limit: 1, volume_limit: 1, reserved_ip_limit: 1 };
  machines = 1;

  expect(await quotaFindings(staging)).toEqual([isActive]);
});

test("of several machines only those that are missing are needed", async () => {
  machines = 1;
  const several = environmentLike("staging", { cloud: { ...staging.cloud, managers: 3 } as never });

  expect(await quotaFindings(several)).toEqual([
    isActive,
    { subject: "droplets", state: "ok", message: "2 of at most 10 are there, and 2 more are needed" },
  ]);
});

test("a limit that is not told is not judged", async () => {
  account = { volume_limit: undefined, reserved_ip_limit: undefined };

  expect((await quotaFindings(staging)).map(({ subject }) => subject)).toEqual(["DigitalOcean's account", "droplets"]);
});

test("an account that is locked has failed, and one with a warning is warned of", async () => {
  account = { status: "locked", status_message: "unpaid" };
  expect(await quotaFindings(staging)).toEqual([
    {
      subject: "DigitalOcean's account",
      state: "failed",
      message: "is locked: unpaid",
      remedy: "write to its support",
    },
  ]);

  account = { status: "warning", status_message: "confirm your address" };
  expect((await quotaFindings(staging))[0]).toEqual({
    subject: "DigitalOcean's account",
    state: "warning",
    message: 'is in the state "warning": confirm your address',
    remedy: "sign in and see",
  });
});

test("a token that may not read the account is an error that says what it has to allow", async () => {
  refusal = { status: 403, body: { message: "You are not authorized" } };

  await expect(quotaFindings(staging)).rejects.toThrow(
    "You are not authorized. The token in DIGITALOCEAN_TOKEN may read the account, droplets, volumes and reserved addresses, at least",
  );
});

test.each([
  ["without a token", staging, {}],
  ["where there is no cloud", environmentNamed("lan"), { DIGITALOCEAN_TOKEN: TOKEN }],
])("%s nothing is asked", async (_, environment, variables) => {
  process.env = { DIGITALOCEAN_API_URL: api.url, ...variables };

  expect(await quotaFindings(environment)).toEqual([]);
  expect(asked).toEqual([]);
});
