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
/** What is answered in place of what a path would give. */
let refusals: Readonly<Record<string, Answer>>;

beforeAll(async () => {
  api = await serve(({ what, query, headers }) => {
    const path = what.replace("GET /v2/", "");
    asked.push(`${path}?${query}`);
    if (headers.authorization !== `Bearer ${TOKEN}`) {
      return { status: 401, body: { message: "Unable to authenticate you" } };
    }
    const refusal = refusals[path];
    if (refusal !== undefined) {
      return refusal;
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
  refusals = {};
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

test("reserved addresses are judged by their limit's former name, where that alone is told", async () => {
  account = { reserved_ip_limit: undefined, floating_ip_limit: 1 };

  expect(await quotaFindings(staging)).toContainEqual({
    subject: "reserved addresses",
    state: "failed",
    message: "1 of at most 1 are there, and 1 more are needed",
    remedy: MORE,
  });
});

test.each([
  ["may not read the account", "account"],
  ["may read the account, and is not told of droplets", "droplets"],
])("a token that %s leaves it unknown, and what the token has to allow is said", async (_, path) => {
  account = { droplet_limit: undefined };
  refusals = { [path]: { status: 403, body: { message: "You are not authorized" } } };

  expect(await quotaFindings(staging)).toEqual([
    {
      subject: "DigitalOcean's account",
      state: "unknown",
      message: expect.stringMatching(
        `^could not ask: DigitalOcean answers 403 to GET /v2/${path}\\S*: You are not authorized$`,
      ),
      remedy:
        "The token in DIGITALOCEAN_TOKEN needs the right to read the account, droplets, volumes and reserved addresses, at least",
    },
  ]);
});

test("a token that is not known leaves it unknown, and where to make another is said", async () => {
  process.env.DIGITALOCEAN_TOKEN = "dop_v1_old";

  expect(await quotaFindings(staging)).toEqual([
    {
      subject: "DigitalOcean's account",
      state: "unknown",
      message: "could not ask: DigitalOcean answers 401 to GET /v2/account: Unable to authenticate you",
      remedy:
        "The token in DIGITALOCEAN_TOKEN is wrong or expired: make another at https://cloud.digitalocean.com/account/api/tokens",
    },
  ]);
});

test("a DigitalOcean that does not answer is an error, which says where", async () => {
  const silent = await serve(() => ({ status: 200 }));
  silent.close();
  process.env.DIGITALOCEAN_API_URL = silent.url;

  await expect(quotaFindings(staging)).rejects.toThrow(`DigitalOcean does not answer at ${silent.url}: `);
});

test.each([
  ["without a token", staging, {}],
  ["where there is no cloud", environmentNamed("lan"), { DIGITALOCEAN_TOKEN: TOKEN }],
])("%s nothing is asked", async (_, environment, variables) => {
  process.env = { DIGITALOCEAN_API_URL: api.url, ...variables };

  expect(await quotaFindings(environment)).toEqual([]);
  expect(asked).toEqual([]);
});
