import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { selectEnvironments } from "../../config/environments";
import type { Environment } from "../../config/schema";
import { Bucket } from "../../ops/state/bucket";
import { keepVersions, makeBucket } from "../../ops/state/bucket-settings";
import { newCustomerKey } from "../../ops/state/customer-key";
import { lockProblem } from "../../ops/state/lock-probe";
import { newProbeFolder } from "../../ops/state/probe-folder";
import { doorTo } from "../../ops/state/s3";
import { hasCeph, images } from "../images";
import { PROJECT_FOLDER } from "../support/cdktf";
import { type Outcome, run } from "../support/command";
import { describeWith } from "../support/describe-with";
import { eventually } from "../support/eventually";
import { measured } from "../support/report";
import { S3Container } from "../support/s3-container";
import { MARKER, StateStack } from "../support/state-stack";
import { WORK_FOLDER } from "../support/work-folder";

const [staging] = selectEnvironments("staging") as [Environment];
const SECRET = "secret-of-a-test";
const OWNER = "OWNERSKEY";
const TERRAFORM = "TERRAFORMSKEY";
const STRANGER = "STRANGERSKEY";
const BUCKET = "sprocket-terraform-state";
const HISTORY = `${BUCKET}-history`;
const STATE = "staging/layer-1.tfstate";
const MAKER_VARIABLES = { SPACES_ACCESS_KEY_ID: OWNER, SPACES_SECRET_ACCESS_KEY: SECRET };
const TERRAFORM_VARIABLES = { AWS_ACCESS_KEY_ID: TERRAFORM, AWS_SECRET_ACCESS_KEY: SECRET };
const LOCK_SECONDS = 8;

const rootVariables = [`ROOT_ACCESS_KEY=${OWNER}`, `ROOT_SECRET_KEY=${SECRET}`];

/** Runs `ops state` as a person does, with a server of the test in place of Spaces. */
function opsState(server: S3Container, args: readonly string[], variables: Readonly<Record<string, string>>) {
  return run(process.execPath, ["--import", "tsx", "ops/main.ts", "state", ...args, "--endpoint", server.url], {
    folder: PROJECT_FOLDER,
    environment: variables,
  });
}

async function bucketOf(server: S3Container, name: string, customerKey?: string): Promise<Bucket> {
  const key = { variable: "the test's", accessKeyId: OWNER, secretAccessKey: SECRET };
  return new Bucket(await doorTo({ endpoint: server.url, pathStyle: true }, key), name, customerKey);
}

/** What keeps a lock from being one, in a bucket of the test's own. */
async function lockProblemIn(server: S3Container, name: string, versions: boolean): Promise<string | undefined> {
  const bucket = await bucketOf(server, name, newCustomerKey());
  await makeBucket(bucket);
  if (versions) {
    await keepVersions(bucket);
  }
  return lockProblem(bucket, newProbeFolder());
}

(hasCeph ? describe : describe.skip)("states on Ceph, as in Spaces", () => {
  let ceph: S3Container;
  let stack: StateStack;
  let variables: Readonly<Record<string, string>>;
  const init = (...args: readonly string[]) => opsState(ceph, ["init", "staging", ...args], variables);
  const initialised = async () => JSON.parse((await init("--json")).stdout);

  beforeAll(async () => {
    ceph = await S3Container.start("state-ceph", {
      image: images.ceph.reference,
      port: 7480,
      variables: rootVariables,
    });
    for (const [user, key] of [
      ["terraform", TERRAFORM],
      ["stranger", STRANGER],
    ] as const) {
      const keys = [`--access-key=${key}`, `--secret-key=${SECRET}`];
      await ceph.run("radosgw-admin", "user", "create", `--uid=${user}`, `--display-name=${user}`, ...keys);
    }
  });

  afterAll(() => ceph?.remove());

  test("versions would break the lock, which is whole without them", async () => {
    expect(await lockProblemIn(ceph, "plain", false)).toBeUndefined();
    expect(await lockProblemIn(ceph, "versions", true)).toBe("8 of 8 writers at once got the same lock");
  });

  test("the buckets are made before there is a key for them", async () => {
    variables = MAKER_VARIABLES;
    const { exitCode, output } = await init();

    expect({ exitCode, output }).toEqual({ exitCode: 1, output: expect.stringContaining("Not finished") });
    expect(output).toContain(`"Read/Write/Delete" for ${BUCKET} and ${HISTORY}`);
    for (const name of [BUCKET, HISTORY]) {
      await allow(await bucketOf(ceph, name));
    }
  });

  test("with Terraform's own key the lock is trusted, and a customer key made", async () => {
    variables = { ...MAKER_VARIABLES, ...TERRAFORM_VARIABLES };
    const { customerKey, ...rest } = await initialised();

    expect(rest).toMatchObject({ history: "copies", lockCanBeTrusted: true, buckets: [BUCKET, HISTORY] });
    variables = { ...variables, AWS_SSE_CUSTOMER_KEY: customerKey };
  });

  test("the same again changes nothing, and leaves nothing", async () => {
    const { changed, lockCanBeTrusted, history } = await initialised();

    expect({ changed, lockCanBeTrusted, history }).toEqual({
      changed: false,
      lockCanBeTrusted: true,
      history: "copies",
    });
    for (const name of [BUCKET, HISTORY]) {
      expect(await versionsIn(await bucketOf(ceph, name))).toEqual([]);
    }
    await expect((await bucketOf(ceph, `${BUCKET}-probe`)).keys("")).rejects.toMatchObject({ code: "NoSuchBucket" });
  });

  test("Terraform keeps a state there that nobody reads without the key", async () => {
    stack = new StateStack(staging, mkdtempSync(join(WORK_FOLDER, "state-")), ceph.url, variables);
    expectDone(await stack.init());
    expectDone(await stack.apply(1));
    expectDone(await stack.terraform("plan", "-input=false", "-detailed-exitcode", "-var=serial=1"));
    const bucket = await bucketOf(ceph, BUCKET, variables.AWS_SSE_CUSTOMER_KEY);

    expect((await bucket.get(STATE))?.body.toString()).toContain(MARKER);
    expect(await bucket.with(undefined).refuses(STATE)).toBe(true);
    expect(await bucket.with(newCustomerKey()).refuses(STATE)).toBe(true);
  });

  test("of two that apply at once one is refused, and who holds the lock is said", async () => {
    const first = stack.apply(2, LOCK_SECONDS);
    await untilLocked();
    const second = await stack.apply(3);
    const { output } = await opsState(ceph, ["lock", "staging", "layer-1"], variables);

    expect(second.exitCode).toBe(1);
    expect(second.output).toContain("Error acquiring the state lock");
    expect(second.output).not.toContain("Who:");
    expect(output).toMatch(/^staging\/layer-1 is locked by \S+@\S+ since \S+ \(lock \S+\), for OperationTypeApply\.\n/);
    expectDone(await first);
    expect((await opsState(ceph, ["lock", "staging"], variables)).stdout).toBe("Nobody holds a lock of staging.\n");
  });

  test("the lock of one that was killed is told, and taken away", async () => {
    const args = ["apply", "-auto-approve", "-input=false", "-var=serial=3", `-var=seconds=${LOCK_SECONDS}`];
    const child = spawn("terraform", args, {
      cwd: stack.folder,
      env: { ...process.env, ...variables, CHECKPOINT_DISABLE: "1" },
      stdio: "ignore",
    });
    await untilLocked();
    child.kill("SIGKILL");
    const [{ info }] = JSON.parse((await opsState(ceph, ["lock", "staging", "--json"], variables)).stdout);

    expect((await stack.apply(3)).exitCode).toBe(1);
    expectDone(await stack.terraform("force-unlock", "-force", info.ID));
    expectDone(await stack.apply(3));
  });

  test("history keeps each state that was there when it was asked to", async () => {
    expect((await opsState(ceph, ["keep", "staging"], variables)).stdout).toBe(
      `Copied to where former states are kept: ${STATE}.\n`,
    );
    const again = await opsState(ceph, ["keep", "staging"], variables);
    expect(again.stdout).toBe("No state of staging changed since it was copied.\n");
    measured("ops state keep, nothing to do", `${again.seconds.toFixed(1)} s`);
    expectDone(await stack.apply(4));
    expectDone(await opsState(ceph, ["keep", "staging"], variables));

    expect(await versionsIn(await bucketOf(ceph, HISTORY))).toEqual([STATE, STATE]);
  });

  test("no other key is made for states that are encrypted", async () => {
    const { AWS_SSE_CUSTOMER_KEY: _, ...others } = variables as Record<string, string>;
    const { exitCode, output } = await opsState(ceph, ["init", "staging"], others);

    expect({ exitCode, output }).toEqual({ exitCode: 1, output: expect.stringContaining("so no other key is made") });
  });

  test("another customer's bucket is told from a missing one", async () => {
    const stranger = { ...variables, SPACES_ACCESS_KEY_ID: STRANGER };
    const { exitCode, output } = await opsState(ceph, ["init", "staging"], stranger);

    expect({ exitCode, output }).toEqual({ exitCode: 1, output: expect.stringContaining("is somebody else's") });
  });

  /** Lets Terraform's user do what a limited key of Spaces may. */
  async function allow(bucket: Bucket): Promise<void> {
    const policy = {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: ["arn:aws:iam:::user/terraform", "arn:aws:iam:::user/lab"] },
          Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"],
          Resource: [`arn:aws:s3:::${bucket.name}`, `arn:aws:s3:::${bucket.name}/*`],
        },
      ],
    };
    await bucket.ask("PutBucketPolicy", (s3, Bucket) => s3.putBucketPolicy({ Bucket, Policy: JSON.stringify(policy) }));
  }

  async function untilLocked(): Promise<void> {
    const bucket = await bucketOf(ceph, BUCKET);
    await eventually("the state is locked", 30, async () =>
      (await bucket.keys("staging/")).includes(`${STATE}.tflock`),
    );
  }
});

describeWith("kms")("states on moto", () => {
  test("would lie in clear, which is found out", async () => {
    const image = images.kms.reference;
    const server = await S3Container.start("state-moto", { image, port: 5000, variables: [] });
    const { exitCode, output } = await opsState(server, ["init", "staging"], MAKER_VARIABLES);
    await server.remove();

    expect({ exitCode, output }).toEqual({
      exitCode: 1,
      output: expect.stringContaining("is read by whoever has none"),
    });
  });
});

describe("states on versitygw", () => {
  let server: S3Container;

  beforeAll(async () => {
    server = await S3Container.start("state-s3", {
      image: images.s3.reference,
      port: 7070,
      variables: rootVariables,
      command: ["--port", ":7070", "posix", "--versioning-dir", "/versions", "/data"],
      volumes: ["/versions", "/data"],
    });
  });

  afterAll(() => server?.remove());

  test("would lie in clear, which is found out, and nothing is left there", async () => {
    const { exitCode, output } = await opsState(server, ["init", "staging"], MAKER_VARIABLES);

    expect({ exitCode, output }).toEqual({
      exitCode: 1,
      output: expect.stringContaining("is read by whoever has none"),
    });
    await expect((await bucketOf(server, BUCKET)).keys("")).rejects.toMatchObject({ code: "NoSuchBucket" });
    await expect((await bucketOf(server, `${BUCKET}-probe`)).keys("")).rejects.toMatchObject({ code: "NoSuchBucket" });
  });

  test("would be locked once and for ever with versions", async () => {
    expect(await lockProblemIn(server, "plain", false)).toBeUndefined();
    expect(await lockProblemIn(server, "versions", true)).toBe("a lock that was given back cannot be taken again");
  });
});

function expectDone({ exitCode, output }: Outcome): void {
  expect({ exitCode, output: exitCode === 0 ? "" : output }).toEqual({ exitCode: 0, output: "" });
}

/** The keys of all versions that a bucket has. */
async function versionsIn(bucket: Bucket): Promise<readonly (string | undefined)[]> {
  const { Versions = [], DeleteMarkers = [] } = await bucket.ask("ListObjectVersions", (s3, Bucket) =>
    s3.listObjectVersions({ Bucket }),
  );
  return [...Versions, ...DeleteMarkers].map(({ Key }) => Key);
}
