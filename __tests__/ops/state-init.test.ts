import { OWNER, type Quirks, STRANGER } from "../support/fake-s3";
import { BUCKET, CUSTOMER_KEY, fakeS3, HISTORY, leftovers, ops, SCRATCH } from "../support/state-command";

describe("init", () => {
  test("where the lock survives versions, makes one private bucket that keeps them", async () => {
    const server = await fakeS3();
    const { status, stdout, refused } = await ops("state init staging", server);

    expect({ status, refused }).toEqual({ status: 0, refused: undefined });
    expect(stdout).toContain(`changed ${BUCKET} made; keeps versions from now on; old versions expire after 90 days`);
    expect(stdout).toContain("locks: of 8 writers at once, 5 times, one got the lock each time");
    expect(stdout).toContain("The lock of staging's states can be trusted.");
    expect([...server.buckets.keys()]).toEqual([BUCKET]);
    expect(server.buckets.get(BUCKET)).toMatchObject({ owner: OWNER, versioning: "Enabled" });
    expect(server.buckets.get(BUCKET)?.lifecycle).toMatch(/<DaysAfterInitiation>1<.*<NoncurrentDays>90</);
    expect(leftovers(server)).toEqual([]);
  });

  test("says what to export, and no value of it", async () => {
    const { stdout } = await ops("state init staging", await fakeS3());

    expect(stdout).toContain("AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SSE_CUSTOMER_KEY");
    expect(stdout).not.toContain(CUSTOMER_KEY);
    expect(stdout).not.toContain("secret ");
  });

  test.each<[string, Quirks]>([
    ["every writer gets a lock in a bucket with versions", { ignoresConditionsWithVersions: true }],
    ["a lock in a bucket with versions is taken for ever", { lockedForEverWithVersions: true }],
  ])("where %s, keeps history in a bucket beside it", async (_, quirks) => {
    const server = await fakeS3(quirks);
    const { status, stdout } = await ops("state init staging", server);

    expect(status).toBe(0);
    expect(stdout).toContain(`former states are copied to ${HISTORY}`);
    expect(stdout).toContain(`${BUCKET} cannot keep versions and be locked as well: `);
    expect([...server.buckets.keys()].sort()).toEqual([BUCKET, HISTORY]);
    expect(server.buckets.get(BUCKET)?.versioning).toBeUndefined();
    expect(server.buckets.get(BUCKET)?.lifecycle).not.toContain("Noncurrent");
    expect(server.buckets.get(HISTORY)).toMatchObject({
      versioning: "Enabled",
      lifecycle: expect.stringContaining("<NoncurrentDays>90<"),
    });
    expect(leftovers(server)).toEqual([]);
  });

  test.each<[string, Quirks]>([
    ["versions", {}],
    ["copies", { ignoresConditionsWithVersions: true }],
  ])("a second run finds again that history is kept as %s, and changes nothing", async (kept, quirks) => {
    const server = await fakeS3(quirks);
    await ops("state init staging", server);
    server.changes.length = 0;
    const { status, raw } = await ops("state init staging --json", server);

    expect(status).toBe(0);
    expect(JSON.parse(raw)).toMatchObject({ history: kept, changed: false, lockCanBeTrusted: true });
    expect(server.changes.filter((change) => !change.includes("/ops-probe/"))).toEqual([]);
    expect(leftovers(server)).toEqual([]);
    expect((await ops("state init staging", server)).stdout).toContain("Nothing was changed.");
  });

  test.each<[string, Quirks, RegExp]>([
    [
      "ignores conditions",
      { ignoresConditions: true },
      /States cannot be locked .*8 of 8 writers at once got the same lock/,
    ],
    [
      "does not know conditions",
      { refusesConditions: true },
      /a write on condition that there is nothing yet is not known/,
    ],
    ["writes what it refuses", { writesWhatItRefuses: true }, /a writer that was refused wrote over the lock/],
    ["ignores customer keys", { ignoresCustomerKeys: true }, /would lie in clear: .* is read by whoever has none/],
    ["does not know customer keys", { refusesCustomerKeys: true }, /would lie in clear: it takes no customer key/],
    ["does not know versions", { refusesVersions: true }, /It keeps no versions, so a state/],
  ])("a server that %s is refused, and nothing is left there", async (_, quirks, why) => {
    const server = await fakeS3(quirks);
    const { refused } = await ops("state init staging", server);

    expect(refused).toMatch(why);
    expect(refused).toMatch(/^Terraform's states must not be kept on this server\. .* Nothing was left there\.$/);
    expect([...server.buckets.keys()]).toEqual([]);
  });

  test("a bucket that was given versions by hand where they break the lock is not trusted", async () => {
    const server = await fakeS3({ ignoresConditionsWithVersions: true });
    server.make(BUCKET, { versioning: "Enabled" });
    const { status, stdout } = await ops("state init staging", server);

    expect(status).toBe(1);
    expect(stdout).toContain("states cannot be locked: 8 of 8 writers at once got the same lock");
    expect(stdout).toContain(`staging's states must not be kept in ${BUCKET} as it is.`);
    expect(stdout).not.toContain("can be trusted");
  });

  test("a bucket that anybody may read is not trusted", async () => {
    const server = await fakeS3();
    server.make(BUCKET, { isPublic: true });
    const { status, stdout } = await ops("state init staging", server);

    expect(status).toBe(1);
    expect(stdout).toContain("its ACL lets in http://acs.amazonaws.com/groups/global/AllUsers");
    expect(stdout).toContain("anybody may list it; anybody may read what is in it");
    expect(stdout).toContain("→ make it private");
  });

  test("a server that lets nothing age is warned of", async () => {
    const { status, stdout } = await ops("state init staging", await fakeS3({ refusesLifecycles: true }));

    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`warning ${BUCKET} what is old does not expire: .*NotImplemented`));
  });

  test.each([
    ["state", BUCKET],
    ["history's", HISTORY],
    ["scratch", SCRATCH],
  ])("somebody else's bucket in place of the %s one is an error", async (_, name) => {
    const server = await fakeS3({ ignoresConditionsWithVersions: true });
    server.make(name, { owner: STRANGER });
    const { refused } = await ops("state init staging", server);

    expect(refused).toContain(`${name}: a bucket of this name is somebody else's`);
    expect(refused).toContain("write another name as state.bucket");
  });

  test("a bucket that is somebody's own is not taken to try things in", async () => {
    const server = await fakeS3();
    server.make(SCRATCH);
    server.plant(SCRATCH, "holiday.jpg", "beach");
    const { refused } = await ops("state init staging", server);

    expect(refused).toContain(`${SCRATCH}: something is tried in a bucket of this name`);
    expect(server.keysIn(SCRATCH)).toEqual(["holiday.jpg"]);
    expect(server.buckets.get(SCRATCH)?.versioning).toBeUndefined();
  });

  test("an empty bucket that a killed one left is used and removed", async () => {
    const server = await fakeS3();
    server.make(SCRATCH);
    const { status } = await ops("state init staging", server);

    expect(status).toBe(0);
    expect([...server.buckets.keys()]).toEqual([BUCKET]);
  });

  test("what another one tries at the same time is left alone, and the bucket with it", async () => {
    const server = await fakeS3();
    server.make(SCRATCH);
    const others = [1, 2, 3, 4, 5].map((number) => `ops-probe/another/${number}`);
    for (const key of others) {
      server.plant(SCRATCH, key, "tried");
    }
    const { status, refused } = await ops("state init staging", server);

    expect({ status, refused }).toEqual({ status: 0, refused: undefined });
    expect(server.keysIn(SCRATCH)).toEqual(others);
  });

  test("nothing is tried without versions where another one has them on already", async () => {
    const server = await fakeS3({ ignoresConditionsWithVersions: true });
    server.make(SCRATCH, { versioning: "Enabled" });
    const { refused } = await ops("state init staging", server);

    expect(refused).toMatch(/-probe: another command tries something .*; wait .*it was killed: delete the bucket/);
    expect([...server.buckets.keys()]).toEqual([SCRATCH]);
  });
});
