import { stateKey, statePlace } from "../../ops/state/place";
import type { FakeS3 } from "../support/fake-s3";
import { ALL, BUCKET, CUSTOMER_KEY, fakeS3, HISTORY, OTHER_KEY, ops, STATE } from "../support/state-command";
import { environmentNamed, synthesise, testStack } from "../support/testing";

describe("keep", () => {
  /** A server that keeps history as copies. */
  async function withCopies(): Promise<FakeS3> {
    const server = await fakeS3();
    server.make(BUCKET);
    server.make(HISTORY, { versioning: "Enabled" });
    return server;
  }

  test("has nothing to do where the bucket keeps versions", async () => {
    const server = await fakeS3();
    server.make(BUCKET, { versioning: "Enabled" });
    server.plant(BUCKET, STATE, "{}", CUSTOMER_KEY);
    server.changes.length = 0;
    const { status, stdout } = await ops("state keep staging", server);

    expect({ status, stdout }).toEqual({ status: 0, stdout: "The bucket itself keeps former states of staging. " });
    expect(server.changes).toEqual([]);
  });

  test("copies what changed since the last copy, encrypted, and nothing else", async () => {
    const server = await withCopies();
    const states = ["a", "b", "c", "d", "e"].map((layer) => `staging/${layer}.tfstate`);
    for (const state of [...states, "production/a.tfstate", "staging/a.tfstate.tflock"]) {
      server.plant(BUCKET, state, `${state} 1`, state.startsWith("production") ? OTHER_KEY : CUSTOMER_KEY);
    }
    expect((await ops("state keep staging", server)).stdout).toContain(states.join(", "));
    expect(server.keysIn(HISTORY)).toEqual(states);
    expect((await ops("state keep staging", server)).stdout).toBe("No state of staging changed since it was copied. ");

    server.plant(BUCKET, "staging/b.tfstate", "2", CUSTOMER_KEY);
    const { raw } = await ops("state keep staging --json", server);

    expect(JSON.parse(raw)).toEqual(
      states.map((state) => ({ state, kept: state === "staging/b.tfstate" ? "copied" : "as before" })),
    );
    const versions = server.buckets.get(HISTORY)?.objects.get("staging/b.tfstate");
    expect(versions?.map(({ body }) => body?.toString())).toEqual(["staging/b.tfstate 1", "2"]);
    expect(versions?.every(({ customerKey }) => customerKey !== undefined)).toBe(true);
  });

  test("goes on with another customer key, beside copies of the former one's", async () => {
    const server = await withCopies();
    server.plant(BUCKET, STATE, "1", CUSTOMER_KEY);
    await ops("state keep staging", server);
    server.plant(BUCKET, STATE, "1", OTHER_KEY);
    const { stdout } = await ops("state keep staging", server, { ...ALL, AWS_SSE_CUSTOMER_KEY: OTHER_KEY });

    expect(stdout).toBe(`Copied to where former states are kept: ${STATE}. `);
    expect(server.buckets.get(HISTORY)?.objects.get(STATE)).toHaveLength(2);
  });

  test("where there is no state yet, says so", async () => {
    const server = await fakeS3();
    server.make(BUCKET, { versioning: "Enabled" });

    expect((await ops("state keep staging", server)).stdout).toBe("staging has no state yet. ");
  });

  test.each<[string, string[]]>([
    ["any bucket", []],
    ["the history's bucket", [BUCKET]],
  ])("without %s says what to do first", async (_, there) => {
    const server = await fakeS3();
    for (const name of there) {
      server.make(name);
      server.plant(name, STATE, "{}", CUSTOMER_KEY);
    }

    expect((await ops("state keep staging", server)).refused).toMatch(/First: npm run ops -- state init staging$/);
  });

  test("does not take a bucket without versions for a history", async () => {
    const server = await fakeS3();
    server.make(BUCKET);
    server.make(HISTORY);
    server.plant(BUCKET, STATE, "{}", CUSTOMER_KEY);

    expect((await ops("state keep staging", server)).refused).toContain(`${HISTORY} keeps no versions`);
  });

  test("needs what Terraform needs, and names all of it", async () => {
    expect((await ops("state keep staging", undefined, {})).refused).toMatch(
      /2 faults\n.*AWS_ACCESS_KEY_ID: is not set.*\n.*AWS_SSE_CUSTOMER_KEY: is not set/,
    );
  });
});

describe("lock", () => {
  const info = { ID: "1-2", Operation: "OperationTypeApply", Who: "ann@desk", Created: "2026-01-01T12:00:00Z" };

  async function locked(): Promise<FakeS3> {
    const server = await fakeS3();
    server.make(BUCKET);
    server.plant(BUCKET, `${STATE}.tflock`, JSON.stringify(info), CUSTOMER_KEY);
    return server;
  }

  test.each(["state lock staging layer-1", "state lock staging"])(
    "%s says who holds it, since when and what for",
    async (line) => {
      const { status, stdout } = await ops(line, await locked());

      expect(status).toBe(0);
      expect(stdout).toContain(
        "staging/layer-1 is locked by ann@desk since 2026-01-01T12:00:00Z (lock 1-2), for OperationTypeApply.",
      );
      expect(stdout).toContain("terraform -chdir=cdktf.out/stacks/staging-layer-1 force-unlock 1-2");
    },
  );

  test("programs get it as JSON", async () => {
    const { raw } = await ops("state lock staging --json", await locked());

    expect(JSON.parse(raw)).toEqual([{ layer: "layer-1", info }]);
  });

  test("where nobody holds one, says so", async () => {
    const server = await locked();
    server.plant(BUCKET, "staging/secrets.tfstate", "{}", CUSTOMER_KEY);

    expect((await ops("state lock production", server)).stdout).toBe("Nobody holds a lock of production. ");
    expect((await ops("state lock staging secrets", server)).stdout).toBe("Nobody holds the lock of staging/secrets. ");
  });

  test.each([
    ["staging", "secrets"],
    ["production", "none"],
  ])("a layer of %s that may be misspelt is held against those that have a state", async (environment, layers) => {
    const server = await locked();
    server.plant(BUCKET, "staging/secrets.tfstate", "{}", CUSTOMER_KEY);

    expect((await ops(`state lock ${environment} layer-9`, server)).stdout).toBe(
      `Nobody holds the lock of ${environment}/layer-9, which has no state. Those that have one: ${layers}. `,
    );
  });

  test("another customer key does not read it, and that is said", async () => {
    const { refused } = await ops("state lock staging layer-1", await locked(), {
      ...ALL,
      AWS_SSE_CUSTOMER_KEY: OTHER_KEY,
    });

    expect(refused).toMatch(/answers 400 to GetObject of .*layer-1\.tfstate\.tflock/);
  });
});

test("states are where Terraform is told that they are", () => {
  const staging = environmentNamed("staging");
  const place = statePlace(staging);
  const { terraform } = synthesise(testStack({ environment: staging, layer: "layer-1" }));

  expect(terraform.backend.s3).toMatchObject({
    bucket: place.bucket,
    key: stateKey(place.environment, "layer-1"),
    endpoints: { s3: place.server.endpoint },
  });
});

test.each(["init", "keep", "lock"])("%s is refused for an environment whose states are files", async (command) => {
  expect((await ops(`state ${command} local`)).refused).toMatch(
    /^ops state: 1 fault\n {2}- local: its states are files in state\/, which need no bucket/,
  );
});

test("a server that is not reached is named", async () => {
  const server = await fakeS3();
  server.stop();

  expect((await ops("state init staging --endpoint http://127.0.0.1:1")).refused).toMatch(
    /^http:\/\/127\.0\.0\.1:1 cannot be reached: .*ECONNREFUSED/,
  );
});
