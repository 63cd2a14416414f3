import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Workspace } from "../../ops/terraform/workspace";
import { PROJECT_FOLDER, STACKS_FOLDER } from "../support/ops-folders";
import { programsIn } from "../support/programs";
import { ALL, BUCKET, CUSTOMER_KEY, fakeS3, OTHER_KEY, STATE } from "../support/state-command";
import { complains } from "../support/terraform";

jest.mock("../../ops/folders", () => jest.requireActual("../support/ops-folders"));
jest.mock("node:timers/promises", () => jest.requireActual("../support/short-pauses"));

const NAME = "staging-layer-1";
const folder = join(STACKS_FOLDER, NAME);
const INFO = { ID: "1-2", Operation: "OperationTypeApply", Who: "ann@desk", Created: "2026-01-01T12:00:00Z" };
/** What Terraform says of a lock that a customer's key encrypts. */
const UNREADABLE =
  "operation error S3: PutObject, https response error StatusCode: 412 unable to retrieve file: StatusCode: 400";

/** For whom a plan waits, whose state is locked once. */
async function awaited(customerKey: string, backend: object, detail = UNREADABLE): Promise<string | undefined> {
  Object.assign(process.env, ALL, { AWS_SSE_CUSTOMER_KEY: customerKey });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ terraform: { backend } }));
  const asked = join(PROJECT_FOLDER, `asked-${performance.now()}`);
  const locked = complains("error", "Error acquiring the state lock", { detail });
  process.env.PATH = programsIn(PROJECT_FOLDER, {
    terraform: `test -e '${asked}' && exit 0; touch '${asked}'; ${locked}; exit 1`,
  });
  let holder: string | undefined;
  await new Workspace(NAME).plan({
    signal: new AbortController().signal,
    onLocked: (found) => {
      holder = found;
    },
  });
  return holder;
}

async function lockedServer() {
  const server = await fakeS3();
  server.make(BUCKET);
  server.plant(BUCKET, `${STATE}.tflock`, JSON.stringify(INFO), CUSTOMER_KEY);
  return server;
}

const s3 = (url: string) => ({ s3: { bucket: BUCKET, key: STATE, endpoints: { s3: url }, use_path_style: true } });

test("who waits for an encrypted lock is told who holds it", async () => {
  const { url } = await lockedServer();

  expect(await awaited(CUSTOMER_KEY, s3(url))).toBe("ann@desk since 2026-01-01T12:00:00Z (lock 1-2)");
});

test.each([
  ["nobody holds it any more", CUSTOMER_KEY, { make: true, plant: false }],
  ["the lock cannot be read", OTHER_KEY, { make: true, plant: true }],
  ["there is no such bucket", CUSTOMER_KEY, { make: false, plant: false }],
])("where %s, who waits is told of somebody", async (_, customerKey, { make, plant }) => {
  const server = plant ? await lockedServer() : await fakeS3();
  if (make && !plant) {
    server.make(BUCKET);
  }

  expect(await awaited(customerKey, s3(server.url))).toBe("somebody");
});

test("what is wrong with the bucket itself is not waited for", async () => {
  const mismatch = "operation error S3: PutObject, https response error StatusCode: 400, XAmzContentSHA256Mismatch";

  await expect(awaited(CUSTOMER_KEY, {}, mismatch)).rejects.toThrow("XAmzContentSHA256Mismatch");
});

test("where the state is a file, who waits is told of somebody", async () => {
  expect(await awaited(CUSTOMER_KEY, { local: { path: "x.tfstate" } })).toBe("somebody");
});
