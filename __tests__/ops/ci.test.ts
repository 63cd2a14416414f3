import net, { createServer, type Server } from "node:net";
import { answersSsh } from "../../ops/ci/reachable";
import { type Answer, type HttpServer, type Question, serve } from "../support/http-server";
import { ops } from "../support/ops-command";
import type { Outcome } from "../support/processes";

jest.mock("node:timers/promises", () => jest.requireActual("../support/short-pauses"));
jest.mock("../../ops/ci/reachable", () => ({ answersSsh: jest.fn() }));

const HOUR = 3_600_000;
const TOKEN = `dop_v1_${"b".repeat(64)}`;
const JOB = { GITHUB_RUN_ID: "7", GITHUB_RUN_ATTEMPT: "1", GITHUB_JOB: "deploy_it" };
const OWN = "sprocket-staging-ci-7-1-deploy-it";

interface Firewall {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
}

/** Answers of the API, in place of the usual. */
let exceptions: Record<string, (question: Question) => Answer | undefined>;
let firewalls: Firewall[];
let asked: Question[];
let api: HttpServer;
let ssh: Server;

beforeAll(async () => {
  api = await serve(answer);
  // Whoever only looks whether anybody answers may be gone before.
  ssh = createServer((socket) => socket.on("error", () => {}).end("SSH-2.0-test\r\n"));
  await new Promise<void>((listening) => ssh.listen(0, "127.0.0.1", listening));
});
const { fetch } = globalThis;
beforeEach(() => {
  jest
    .spyOn(globalThis, "fetch")
    .mockImplementation((url, options) =>
      fetch(String(url) === "https://checkip.amazonaws.com" ? `${api.url}/address` : url, options),
    );
  jest.mocked(answersSsh).mockResolvedValue(true);
  exceptions = {};
  firewalls = [];
  asked = [];
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => {
  api.close();
  ssh.close();
});

/** DigitalOcean's API, with one firewall a page. */
function answer(question: Question): Answer {
  const { what, query, body } = question;
  asked.push(question);
  const exception = exceptions[what]?.(question);
  if (exception !== undefined) {
    return exception;
  }
  switch (what) {
    case "GET /v2/firewalls": {
      const page = Number(query.get("page") ?? 1);
      const next = `https://elsewhere.example.org/v2/firewalls?page=${page + 1}`;
      const links = page < firewalls.length ? { pages: { next } } : {};
      return { status: 200, body: { firewalls: firewalls.slice(page - 1, page), links } };
    }
    case "POST /v2/firewalls":
      firewalls.push({ id: "new", name: JSON.parse(body).name, created_at: new Date().toISOString() });
      return { status: 202, body: {} };
    case "GET /v2/droplets": {
      const v4 = [
        { ip_address: "10.61.0.2", type: "private" },
        { ip_address: "127.0.0.1", type: "public" },
      ];
      return {
        status: 200,
        body: { droplets: query.get("tag_name") === "sprocket-staging" ? [{ networks: { v4 } }] : [] },
      };
    }
    case "GET /address":
      return { status: 200, body: "203.0.113.7\n" };
    default: {
      const id = what.replace("DELETE /v2/firewalls/", "");
      const isThere = firewalls.some((firewall) => firewall.id === id);
      firewalls = firewalls.filter((firewall) => firewall.id !== id);
      return { status: isThere ? 204 : 404, body: isThere ? undefined : { message: "not found" } };
    }
  }
}

const firewall = (id: string, name: string, age: number): Firewall => ({
  id,
  name,
  created_at: new Date(Date.now() - age).toISOString(),
});

/** Runs `ops ci` as a job does, on a machine whose own address is the test's. */
function ci(line: string, variables: Readonly<Record<string, string>> = JOB): Promise<Outcome> {
  return ops(["ci", ...line.split(" ")], { DIGITALOCEAN_TOKEN: TOKEN, DIGITALOCEAN_API_URL: api.url, ...variables });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

const told = () => asked.map(({ what }) => what).filter((what) => !what.startsWith("GET"));

test("open lets the job's own address in, and closes what former jobs left, on whichever page", async () => {
  firewalls = [
    firewall("terraforms", "sprocket-staging", 99 * HOUR),
    firewall("anothers", "sprocket-staging-ci-8-1-deploy", HOUR),
    firewall("killed", "sprocket-staging-ci-6-1-deploy", 3 * HOUR),
    firewall("productions", "sprocket-production-ci-6-1-deploy", 3 * HOUR),
  ];
  const { status, stdout, stderr } = await ci("open staging");

  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(told()).toEqual(["DELETE /v2/firewalls/killed", "POST /v2/firewalls"]);
  const made = asked.find(({ what }) => what.startsWith("POST"));
  expect(JSON.parse(made?.body ?? "")).toEqual({
    name: OWN,
    tags: ["sprocket-staging"],
    inbound_rules: [{ protocol: "tcp", ports: "22", sources: { addresses: ["203.0.113.7/32"] } }],
  });
  expect(stdout).toContain(`${OWN} is open: 203.0.113.7 may reach port 22`);
  expect(stdout).toContain("npm run ops -- ci close staging");
  expect(made?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  expect(stdout).not.toContain(TOKEN);
});

test("close takes the job's own away, and is content where there is none", async () => {
  firewalls = [firewall("own", OWN, 1000), firewall("anothers", "sprocket-staging-ci-8-1-deploy", 1000)];
  expect(await ci("close staging")).toEqual({ status: 0, stdout: `${OWN} is closed.\n`, stderr: "" });
  expect(firewalls.map(({ id }) => id)).toEqual(["anothers"]);
  expect(await ci("close staging")).toEqual({ status: 0, stdout: `There is no ${OWN}.\n`, stderr: "" });
});

test("a refusal is the exit code, in the API's own words, without the token", async () => {
  exceptions["GET /v2/firewalls"] = () => ({ status: 401, body: { message: "Unable to authenticate you" } });
  const { status, stdout, stderr } = await ci("close staging");

  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/401 .*Unable to authenticate you.*DIGITALOCEAN_TOKEN is wrong/);
  expect(stderr).not.toContain(TOKEN);
});

test("open once more opens it anew, from another address", async () => {
  firewalls = [firewall("own", OWN, 1000)];
  await ci("open staging --address 198.51.100.9");

  expect(told()).toEqual(["DELETE /v2/firewalls/own", "POST /v2/firewalls"]);
  expect(asked.find(({ what }) => what.startsWith("POST"))?.body).toContain("198.51.100.9/32");
});

test("machines that do not answer are an error, and the firewall stays for close", async () => {
  jest.mocked(answersSsh).mockResolvedValue(false);
  expect(await ci("open staging")).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/Nobody answers at port 22 of 127\.0\.0\.1.*ci close staging/),
  });
  expect(firewalls.map(({ name }) => name)).toEqual([OWN]);
});

test("an environment that has no machines yet is said to have none, and nothing is opened for it", async () => {
  exceptions["GET /v2/droplets"] = () => ({ status: 200, body: { droplets: [] } });
  // The foundation makes the tag too.
  exceptions["POST /v2/firewalls"] = () => ({ status: 422, body: { message: "tag does not exist" } });
  expect(await ci("open staging")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("npm run deploy:layer -- staging-foundation"),
  });
  expect(told()).toEqual([]);
});

test("an API that is busy or broken is asked again", async () => {
  const answers = [{ status: 429, body: { message: "busy" } }, { status: 503 }];
  exceptions["GET /v2/firewalls"] = () => answers.shift();
  await ci("close staging");

  expect(asked.filter(({ what }) => what === "GET /v2/firewalls")).toHaveLength(3);
});

test("one that stays busy is given up", async () => {
  exceptions["GET /v2/firewalls"] = () => ({ status: 429, body: { message: "Too many requests" } });
  expect(await ci("close staging")).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/answers 429 .*Too many requests.*try again later/),
  });
});

test("what makes something is not told twice when nobody knows whether it was done", async () => {
  exceptions["POST /v2/firewalls"] = () => ({ status: 500, body: { message: "planted" } });
  expect(await ci("open staging")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("DigitalOcean answers 500 to POST /v2/firewalls: planted"),
  });
  expect(told()).toEqual(["POST /v2/firewalls"]);
});

test.each<[string, Record<string, string>, RegExp]>([
  ["open staging --address 10.0.0.7", JOB, /10\.0\.0\.7 is no public address/],
  ["open staging --address 203.0.113.0/24", JOB, /"203\.0\.113\.0\/24" is no IPv4 address/],
  ["open local", JOB, /local: it has no cloud/],
  ["open staging", {}, /GITHUB_RUN_ID.*--job/],
  ["close staging", { ...JOB, DIGITALOCEAN_TOKEN: "" }, /DIGITALOCEAN_TOKEN is missing/],
])("%s with %j is refused, and nothing is asked", async (line, variables, reason) => {
  expect(await ci(line, variables)).toMatchObject({ status: 1, stderr: expect.stringMatching(reason) });
  expect(asked).toEqual([]);
});

test("what says no address is not believed", async () => {
  exceptions["GET /address"] = () => ({ status: 200, body: "<html>192.168.0.1</html>" });
  expect(await ci("open staging")).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/is no IPv4 address.*--address/),
  });
  expect(told()).toEqual([]);
});

test("whether SSH answers is asked again until it does", async () => {
  const { connect } = net;
  let tries = 0;
  jest.spyOn(net, "connect").mockImplementation(((options: net.TcpNetConnectOpts) => {
    tries += 1;
    return connect({ ...options, port: options.port === 22 && tries === 3 ? portOf(ssh) : 1 });
  }) as typeof connect);
  const { answersSsh: actual } = jest.requireActual<typeof import("../../ops/ci/reachable")>("../../ops/ci/reachable");

  expect(await actual("127.0.0.1")).toBe(true);
  expect(tries).toBe(3);
});
