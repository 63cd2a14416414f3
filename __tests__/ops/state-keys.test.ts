import { LIMITED, OWNER, STRANGER } from "../support/fake-s3";
import { ALL, BOTH_KEYS, BUCKET, CUSTOMER_KEY, fakeS3, OTHER_KEY, ops, STATE } from "../support/state-command";

describe("init's customer key", () => {
  const keyIn = (text: string) => /[A-Za-z0-9+/]{43}=/.exec(text)?.[0];

  test("is made and shown once where there is none, with where to keep it", async () => {
    const { status, raw, stdout } = await ops("state init staging", await fakeS3(), BOTH_KEYS);
    const key = keyIn(raw) ?? "";

    expect(status).toBe(0);
    expect(raw.split(key)).toHaveLength(2);
    expect(Buffer.from(key, "base64")).toHaveLength(32);
    expect(stdout).toContain(`AWS_SSE_CUSTOMER_KEY=${key} Keep it in Doppler's config tools of staging`);
    expect(stdout).toContain("Without it the states are lost");
  });

  test("is in the JSON for programs", async () => {
    const server = await fakeS3();
    const { raw } = await ops("state init staging --json", server, BOTH_KEYS);

    expect(JSON.parse(raw)).toEqual({
      environment: "staging",
      endpoint: server.url,
      buckets: [BUCKET],
      history: "versions",
      lockCanBeTrusted: true,
      changed: true,
      findings: expect.arrayContaining([{ state: "ok", subject: "history", message: expect.any(String) }]),
      exports: expect.arrayContaining(["AWS_SSE_CUSTOMER_KEY"]),
      customerKey: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
    });
  });

  test("is not made where states are encrypted already", async () => {
    const server = await fakeS3();
    await ops("state init staging", server);
    server.plant(BUCKET, STATE, "{}", CUSTOMER_KEY);
    const { refused, stdout } = await ops("state init staging", server, BOTH_KEYS);

    expect(refused).toContain(`${BUCKET}/${STATE}: it is encrypted already, so no other key is made`);
    expect(keyIn(stdout)).toBeUndefined();
  });

  test("is made although another environment's states are encrypted", async () => {
    const server = await fakeS3();
    await ops("state init staging", server);
    server.plant(BUCKET, "production/layer-1.tfstate", "{}", CUSTOMER_KEY);

    expect(keyIn((await ops("state init staging", server, BOTH_KEYS)).raw)).toBeDefined();
  });

  test("must be the one that the states were encrypted with", async () => {
    const server = await fakeS3();
    await ops("state init staging", server);
    server.plant(BUCKET, STATE, "{}", CUSTOMER_KEY);

    expect((await ops("state init staging", server)).status).toBe(0);
    expect((await ops("state init staging", server, { ...ALL, AWS_SSE_CUSTOMER_KEY: OTHER_KEY })).refused).toContain(
      `${BUCKET}/${STATE}: it was encrypted with another key than the one in AWS_SSE_CUSTOMER_KEY`,
    );
  });

  test("has a state that lies in clear named", async () => {
    const server = await fakeS3();
    await ops("state init staging", server);
    server.plant(BUCKET, STATE, "{}");

    expect((await ops("state init staging", server)).refused).toContain(`${BUCKET}/${STATE}: it is not encrypted`);
  });

  test("is refused where it is malformed", async () => {
    const { refused } = await ops("state init staging", undefined, { ...ALL, AWS_SSE_CUSTOMER_KEY: "short" });

    expect(refused).toBe(
      "environment variables: 1 fault\n  - AWS_SSE_CUSTOMER_KEY: is malformed; it is 32 random bytes in base64, 44 characters",
    );
  });
});

describe("init's access keys", () => {
  test("are both needed in their two halves, and one of them at least", async () => {
    expect((await ops("state init staging", undefined, {})).refused).toContain("AWS_ACCESS_KEY_ID: is not set");
    expect(
      (await ops("state init staging", undefined, { AWS_ACCESS_KEY_ID: "A", SPACES_SECRET_ACCESS_KEY: "B" })).refused,
    ).toMatch(/2 faults\n.*AWS_SECRET_ACCESS_KEY: is not set.*\n.*SPACES_ACCESS_KEY_ID: is not set/);
  });

  test("may be a single one that may do anything", async () => {
    const { status } = await ops("state init staging", await fakeS3(), {
      ...ALL,
      AWS_ACCESS_KEY_ID: OWNER,
      SPACES_ACCESS_KEY_ID: "",
      SPACES_SECRET_ACCESS_KEY: "",
    });

    expect(status).toBe(0);
  });

  test("without Terraform's own make the buckets, and the command is not finished", async () => {
    const given = { SPACES_ACCESS_KEY_ID: OWNER, SPACES_SECRET_ACCESS_KEY: "secret" };
    const { status, stdout } = await ops("state init staging", await fakeS3(), given);

    expect(status).toBe(1);
    expect(stdout).toContain("Not finished: the buckets are arranged, and Terraform's own key was not tried.");
    expect(stdout).toContain(`"Read/Write/Delete" for ${BUCKET}.`);
    expect(stdout).not.toContain("AWS_SSE_CUSTOMER_KEY=");
  });

  test("that may not use the bucket are named", async () => {
    const { refused } = await ops("state init staging", await fakeS3(), { ...ALL, AWS_ACCESS_KEY_ID: STRANGER });

    expect(refused).toMatch(
      /with the key in AWS_ACCESS_KEY_ID: planted \(AccessDenied\); give that key the right to read, write and delete/,
    );
  });

  test("that may not make buckets are named", async () => {
    const { refused } = await ops("state init staging", await fakeS3(), {
      AWS_ACCESS_KEY_ID: LIMITED,
      AWS_SECRET_ACCESS_KEY: "secret",
    });

    expect(refused).toMatch(/answers 403 to CreateBucket of .*, with the key in AWS_ACCESS_KEY_ID/);
  });
});
