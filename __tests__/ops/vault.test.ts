import { withChanged } from "../support/changed-environment";
import { ops } from "../support/ops-command";
import type { Outcome } from "../support/processes";
import { FIRST_TOKEN, fakeVault, RECOVERY_KEYS, ROOT_TOKEN } from "./vault-init/fake-vault";

/** Runs the command, with a Vault of the test as staging's. */
function run(line: string, url?: string): Promise<Outcome> {
  const ports = url === undefined ? {} : { vault: Number(new URL(url).port) };
  return withChanged("staging", { ports }, () => ops(line.split(" ")));
}

test("initialises an empty Vault, and shows what it gave once", async () => {
  const { url, close } = await fakeVault();
  const { status, stdout, stderr } = await run("vault init staging --yes", url);
  close();

  expect(status).toBe(0);
  expect(stderr).toMatch(/ is empty\..*any 2 will do/s);
  for (const given of [...RECOVERY_KEYS, FIRST_TOKEN]) {
    expect(`${stdout}${stderr}`.split(given)).toHaveLength(2);
  }
  expect(`${stdout}${stderr}`).not.toContain(ROOT_TOKEN);
  expect(stdout).toContain("Give each to a different person.");
  expect(stdout).toContain(`export VAULT_TOKEN=${FIRST_TOKEN}`);
  expect(stdout).toContain("npm run ops -- up staging");
});

test("shows programs the same as JSON, and nothing else", async () => {
  const { url, close } = await fakeVault();
  const { status, stdout } = await run("vault init staging --yes --json", url);
  close();

  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    alreadyInitialised: false,
    recoveryKeys: RECOVERY_KEYS,
    recoveryThreshold: 2,
    token: FIRST_TOKEN,
    tokenExpires: expect.stringMatching(/^\d{4}-.*Z$/),
  });
});

test("asks for as many keys as it is told", async () => {
  const { url, close, bodies } = await fakeVault();
  await run("vault init staging --yes --recovery-shares 5 --recovery-threshold 3", url);
  close();

  expect(bodies["PUT /v1/sys/init"]).toEqual({ recovery_shares: 5, recovery_threshold: 3 });
});

describe("when something fails after Vault was initialised", () => {
  const changed = { "POST /v1/auth/token/revoke-self": { status: 500, body: { errors: ["planted"] } } };

  test("everything that it gave is shown, and what to do with it", async () => {
    const { url, close } = await fakeVault({ changed });
    const { status, stdout, stderr } = await run("vault init staging --yes", url);
    close();

    expect(status).toBe(1);
    expect(stderr).toMatch(/Not finished: it answers 500 to POST \/v1\/auth\/token\/revoke-self: .*planted/);
    for (const given of [...RECOVERY_KEYS, ROOT_TOKEN, FIRST_TOKEN]) {
      expect(stdout).toContain(given);
    }
    expect(stdout).toContain("vault token revoke -self");
    expect(stdout).toContain("docker volume rm sprocket-staging-vault-data");
  });

  test("programs get it as JSON", async () => {
    const { url, close } = await fakeVault({ changed });
    const { status, stdout } = await run("vault init staging --yes --json", url);
    close();

    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      alreadyInitialised: false,
      recoveryKeys: RECOVERY_KEYS,
      recoveryThreshold: 2,
      rootToken: ROOT_TOKEN,
      token: FIRST_TOKEN,
      error: expect.stringContaining("planted"),
    });
  });
});

describe("a Vault that was initialised before", () => {
  const state = { initialized: true, sealed: false };

  test("is left alone, and how to sign in is said", async () => {
    const { url, close, calls } = await fakeVault({ state });
    const { status, stdout } = await run("vault init staging --yes", url);
    close();

    expect(status).toBe(0);
    expect(stdout).toMatch(/was initialised before, and is unsealed\. Nothing was changed\./);
    expect(stdout).toContain("vault login -method=github");
    expect(stdout).toContain("vault operator generate-root");
    expect(calls).toEqual(["nobody GET /v1/sys/health"]);
  });

  test("is that to programs too", async () => {
    const { url, close } = await fakeVault({ state });
    const { status, stdout } = await run("vault init staging --json", url);
    close();

    expect({ status, stdout: JSON.parse(stdout) }).toEqual({ status: 0, stdout: { alreadyInitialised: true } });
  });

  test("and is sealed has failed", async () => {
    const { url, close } = await fakeVault({ state: { initialized: true, sealed: true } });
    const { stderr } = await run("vault init staging --yes", url);
    close();

    expect(stderr).toMatch(
      /it is initialised and sealed; KMS unseals it: .*docker service logs sprocket-staging-vault/,
    );
  });
});

test("a Vault that is not reached is said to be, and how to reach it", async () => {
  const { url, close } = await fakeVault();
  close();
  const { stderr } = await run("vault init staging --yes", url);

  const { port } = new URL(url);
  expect(stderr).toMatch(/^Vault: 1 fault\n.*open the SSH tunnel: /);
  expect(stderr).toContain(`ssh -L ${port}:127.0.0.1:${port} user@machine`);
});

test("what answers in place of Vault is not taken for one", async () => {
  const { url, close } = await fakeVault({ changed: { "GET /v1/sys/health": { status: 200, body: { ok: true } } } });
  const { stderr } = await run("vault init staging --yes", url);
  close();

  expect(stderr).toContain("what answers is no Vault");
});

test("a Vault that refuses says why in its own words", async () => {
  const changed = { "PUT /v1/sys/init": { status: 400, body: { errors: ["planted"] } } };
  const { url, close } = await fakeVault({ changed });
  const { stderr } = await run("vault init staging --yes", url);
  close();

  expect(stderr).toMatch(/it was not initialised: it answers 400 to PUT \/v1\/sys\/init: .*planted/);
});

test("an answer of which nobody knows whether it had keys is said to be", async () => {
  const { url, close } = await fakeVault({ changed: { "PUT /v1/sys/init": { status: 200, body: "{" } } });
  const { stderr } = await run("vault init staging --yes", url);
  close();

  expect(stderr).toMatch(/nobody knows whether it was initialised: .*docker volume rm sprocket-staging-vault-data/s);
});

test("without a terminal to ask in, it wants --yes and changes nothing", async () => {
  const { url, close, calls } = await fakeVault();
  const { stderr } = await run("vault init staging", url);
  close();

  expect(stderr).toContain("Nobody is here to be asked: write --yes to go on without.");
  expect(calls).toEqual(["nobody GET /v1/sys/health"]);
});

test.each(["local", "lan"])("%s initialises its Vault by itself, and is refused", async (name) => {
  const { stderr } = await run(`vault init ${name} --yes`);

  expect(stderr).toBe(
    `vault init: 1 fault\n  - ${name}: its bootstrap task initialises Vault by itself; deploy layer-1\n`,
  );
});

test("a number of keys that is none is refused", async () => {
  const { stderr } = await run("vault init staging --yes --recovery-shares 0");

  expect(stderr).toContain("Write a whole number from 1.");
});

test("the help has an example, and the environments", async () => {
  const { stdout } = await run("vault init --help");

  expect(stdout).toContain("npm run ops -- vault init staging");
  expect(stdout).toContain("one of production, staging, lan, local");
});
