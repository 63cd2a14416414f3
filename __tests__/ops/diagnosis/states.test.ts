import { stateFindings } from "../../../ops/diagnosis/states";
import { type FakeS3, STRANGER } from "../../support/fake-s3";
import { ALL, BUCKET, CUSTOMER_KEY, fakeS3, OTHER_KEY, STATE } from "../../support/state-command";
import { environmentNamed } from "../../support/testing";

const staging = environmentNamed("staging");
const { env } = process;

beforeEach(() => {
  process.env = { ...ALL };
});
afterAll(() => {
  process.env = env;
});

/** Asks about layers of staging, with a server of the test in place of Spaces. */
const findingsOf = ({ url }: Pick<FakeS3, "url">, layers: readonly string[] = ["layer-1"]) =>
  stateFindings(staging, layers, url);

async function withState(): Promise<FakeS3> {
  const server = await fakeS3();
  server.make(BUCKET);
  server.plant(BUCKET, STATE, "{}", CUSTOMER_KEY);
  server.changes.length = 0;
  return server;
}

test("states that can be read and are locked by nobody are well, and nothing is written to find that out", async () => {
  const server = await withState();

  expect(await findingsOf(server)).toEqual([
    { subject: "Terraform's states", state: "ok", message: `are read in ${BUCKET}, and nobody holds a lock` },
  ]);
  expect(server.changes).toEqual([]);
});

test("where states are files there is nothing to ask", async () => {
  process.env = {};

  expect(await stateFindings(environmentNamed("local"), ["layer-1"])).toEqual([
    { subject: "Terraform's states", state: "ok", message: "are files of this folder" },
  ]);
});

test("keys that are missing are said to be where secrets are looked at, and nothing is asked", async () => {
  process.env = { ...ALL, AWS_SSE_CUSTOMER_KEY: "" };

  expect(await stateFindings(staging, ["layer-1"])).toEqual([
    { subject: "Terraform's states", state: "unknown", message: "could not ask: keys are missing or malformed" },
  ]);
});

test("a bucket that is not there has failed, and how to make it is said", async () => {
  expect(await findingsOf(await fakeS3())).toEqual([
    { subject: BUCKET, state: "failed", message: "is not there", remedy: "npm run ops -- state init staging" },
  ]);
});

test("a bucket that is somebody else's has failed", async () => {
  const server = await fakeS3();
  server.make(BUCKET, { owner: STRANGER });

  expect(await findingsOf(server)).toEqual([
    { subject: BUCKET, state: "failed", message: expect.stringContaining("a bucket of this name is somebody else's") },
  ]);
});

test("another customer key than the states' has failed", async () => {
  process.env.AWS_SSE_CUSTOMER_KEY = OTHER_KEY;

  expect(await findingsOf(await withState())).toEqual([
    {
      subject: `${BUCKET}/${STATE}`,
      state: "failed",
      message: "it was encrypted with another key than the one in AWS_SSE_CUSTOMER_KEY; set that one",
    },
  ]);
});

test("a state that lies in clear has failed", async () => {
  const server = await withState();
  server.plant(BUCKET, STATE, "{}");

  expect(await findingsOf(server)).toEqual([
    { subject: `${BUCKET}/${STATE}`, state: "failed", message: expect.stringMatching(/^it is not encrypted: /) },
  ]);
});

test("a lock of a layer that is to be deployed is warned of, and another's is not", async () => {
  const server = await withState();
  const info = { ID: "1-2", Operation: "OperationTypeApply", Who: "ann@desk", Created: "2026-01-01T12:00:00Z" };
  server.plant(BUCKET, `${STATE}.tflock`, JSON.stringify(info), CUSTOMER_KEY);

  expect(await findingsOf(server, ["layer-1", "secrets"])).toEqual([
    {
      subject: "staging-layer-1",
      state: "warning",
      message: "its state is locked by ann@desk since 2026-01-01T12:00:00Z (lock 1-2); a deploy waits until that ended",
      remedy: "where that one does not run any more: npm run ops -- state lock staging layer-1",
    },
  ]);
  expect(await findingsOf(server, ["secrets"])).toEqual([expect.objectContaining({ state: "ok" })]);
});

test("a server that does not answer is an error, which says where", async () => {
  await expect(findingsOf({ url: "http://127.0.0.1:1" })).rejects.toThrow(
    /^http:\/\/127\.0\.0\.1:1 cannot be reached: .*ECONNREFUSED/,
  );
});
