import { Testing } from "cdktf";
import { initialise, UnfinishedError } from "../../../ops/vault-init/initialise";
import { doorTo, VaultApi, VaultRefusal } from "../../../ops/vault-init/vault-api";
import { Secrets } from "../../../stacks/secrets";
import { layerProps, synthesise } from "../../support/testing";
import { EVERY_CALL, FIRST_TOKEN, fakeVault, RECOVERY_KEYS, ROOT_TOKEN } from "./fake-vault";

type Vault = Awaited<ReturnType<typeof fakeVault>>;

const broken = { status: 500, body: { errors: ["planted"] } };

/** Initialises a Vault, and says what came of it. */
async function initialised({ url, close, calls }: Vault, interrupted = new AbortController().signal) {
  const handedOut: { keys: readonly string[]; after: number }[] = [];
  const recovery = { shares: 3, threshold: 2 };
  const handOut = (keys: readonly string[]) => handedOut.push({ keys, after: calls.length });
  try {
    return { handedOut, first: await initialise(new VaultApi(doorTo(url)), recovery, handOut, interrupted) };
  } catch (error) {
    return { handedOut, error };
  } finally {
    close();
  }
}

test("a Vault is initialised, and its root token revoked once there is another", async () => {
  const vault = await fakeVault();
  const { first } = await initialised(vault);

  expect(vault.calls).toEqual(EVERY_CALL);
  expect(first?.token).toBe(FIRST_TOKEN);
  expect(((first?.expires.getTime() ?? 0) - Date.now()) / 60_000).toBeCloseTo(120, 0);
  expect(vault.bodies).toMatchObject({
    "PUT /v1/sys/init": { recovery_shares: 3, recovery_threshold: 2 },
    "POST /v1/auth/token/create-orphan": {
      policies: ["administrator"],
      ttl: "2h",
      explicit_max_ttl: "2h",
      renewable: false,
    },
  });
});

test("its policy is the one that the stack `secrets` makes, to the letter", async () => {
  const vault = await fakeVault();
  await initialised(vault);
  const { resource } = synthesise(new Secrets(Testing.app(), layerProps("staging")));
  const { name, policy } = resource?.vault_policy?.administrator ?? {};

  expect(vault.bodies[`PUT /v1/sys/policies/acl/${name}`]).toEqual({ policy });
});

test("the recovery keys are handed out before anything else is asked of Vault", async () => {
  const { handedOut } = await initialised(await fakeVault());

  expect(handedOut).toEqual([{ keys: RECOVERY_KEYS, after: 1 }]);
});

test.each([...new Set(EVERY_CALL.slice(1))])(
  "when this fails, all that Vault gave is still there: %s",
  async (call) => {
    const step = EVERY_CALL.indexOf(call);
    const vault = await fakeVault({ changed: { [call]: broken } });
    const { handedOut, error } = await initialised(vault);

    expect(vault.calls).toEqual(EVERY_CALL.slice(0, step + 1));
    expect(handedOut).toHaveLength(1);
    const hasToken = step > EVERY_CALL.findIndex((other) => other.endsWith("/create-orphan"));
    expect((error as UnfinishedError).given).toEqual({
      rootToken: ROOT_TOKEN,
      ...(hasToken ? { token: FIRST_TOKEN } : {}),
    });
  },
);

test("a root token that works after it was revoked is a failure", async () => {
  const vault = await fakeVault({ changed: { "POST /v1/auth/token/revoke-self": { status: 204 } } });
  const { error } = await initialised(vault);

  expect(error).toMatchObject({
    given: { rootToken: ROOT_TOKEN, token: FIRST_TOKEN },
    cause: { message: "it still takes the root token, although it said that it revoked it" },
  });
});

test("a token that ends with the root token is a failure", async () => {
  let revoked = false;
  const changed: Record<string, { status: number; body?: unknown }> = {};
  const vault = await fakeVault({
    changed,
    watch: (call) => {
      if (revoked) {
        changed[`${FIRST_TOKEN} GET /v1/sys/policies/acl/administrator`] = { status: 403 };
      }
      revoked ||= call.endsWith("/revoke-self");
    },
  });
  const { error } = await initialised(vault);

  expect(vault.calls).toEqual(EVERY_CALL);
  expect(error).toBeInstanceOf(UnfinishedError);
});

test.each([
  ["while Vault makes the keys", "PUT /v1/sys/init", 1],
  ["while Vault is sealed", "GET /v1/sys/health", 2],
  ["before the root token is revoked", "POST /v1/auth/token/create-orphan", 6],
])("an interruption %s leaves the keys and the root token to be shown", async (_, at, calls) => {
  const interruption = new AbortController();
  const vault = await fakeVault({
    watch: (call) => {
      if (call.endsWith(at)) {
        interruption.abort(new Error("interrupted"));
      }
    },
  });
  const { handedOut, error } = await initialised(vault, interruption.signal);

  expect(handedOut).toHaveLength(1);
  expect(error).toMatchObject({ given: { rootToken: ROOT_TOKEN }, cause: { message: "interrupted" } });
  expect(vault.calls).toHaveLength(calls);
});

test("a Vault that refuses says why, and gave nothing out", async () => {
  const changed = { "PUT /v1/sys/init": { status: 400, body: { errors: ["threshold cannot be larger than shares"] } } };
  const { handedOut, error } = await initialised(await fakeVault({ changed }));

  expect(handedOut).toEqual([]);
  expect(error).toBeInstanceOf(VaultRefusal);
  expect((error as Error).message).toContain("threshold cannot be larger than shares");
});
