import { Construct } from "constructs";
import { storedSecrets } from "../../../constructs/secrets/stored-secrets";
import { interpolated, resolved, synthesise } from "../../support/testing";
import { vaultStack } from "../../support/vault";

const entry = "data.vault_kv_secret_v2.stored_redis_password";

test("a secret is read from its entry in Vault", () => {
  const stack = vaultStack({ layer: "layer-2" });
  const { value } = storedSecrets(stack, "kept")("redis/password");

  expect(synthesise(stack).data?.vault_kv_secret_v2).toEqual({
    stored_redis_password: { mount: "kept", name: "redis/password" },
  });
  expect(resolved(stack, value)).toBe(interpolated(`${entry}.data["value"]`));
});

test("a secret's version is another when it is written again, also after its entry was deleted", () => {
  const stack = vaultStack({ layer: "layer-2" });
  const { version } = storedSecrets(stack, "kept")("redis/password");

  expect(resolved(stack, version)).toBe(
    `v${interpolated(`${entry}.version`)}-${interpolated(`substr(sha256(${entry}.created_time), 0, 6)`)}`,
  );
});

test("a secret is read once, however many need it", () => {
  const stack = vaultStack({ layer: "layer-2" });
  const secrets = storedSecrets(stack, "kept");
  const values = [secrets("redis/password"), secrets("redis/password"), secrets("core/jwt-key")];

  expect(new Set(values.map((value) => resolved(stack, value).value)).size).toBe(2);
  expect(Object.keys(synthesise(stack).data?.vault_kv_secret_v2 ?? {}).sort()).toEqual([
    "stored_core_jwt_key",
    "stored_redis_password",
  ]);
});

test("a secret may be read where the layer has something of its name", () => {
  const stack = vaultStack({ layer: "layer-2" });
  new Construct(stack, "redis-password");

  expect(resolved(stack, storedSecrets(stack, "kept")("redis/password").value)).toBe(
    interpolated(`${entry}.data["value"]`),
  );
});
