import { Testing } from "cdktf";
import { storedSecretsOf, useVaultOfLayer1 } from "../../stacks/vault-access";
import { environmentNamed, interpolated, resolved, synthesise, testStack } from "../support/testing";
import { vaultStack } from "../support/vault";

describe("a layer signs in to Vault", () => {
  const outputs = "data.terraform_remote_state.layer_1.outputs";
  const address = interpolated(`${outputs}.vault_address`);

  function providerOf(name: string) {
    const stack = testStack({ environment: environmentNamed(name) });
    useVaultOfLayer1(stack);
    return synthesise(stack).provider.vault;
  }

  test.each(["local", "lan"])("on %s as the user of Layer 1's bootstrap", (name) => {
    expect(providerOf(name)).toEqual([
      {
        address,
        auth_login_userpass: [
          {
            username: interpolated(`${outputs}.vault_username`),
            password: interpolated(`sensitive(${outputs}.vault_password)`),
          },
        ],
      },
    ]);
  });

  test.each(["production", "staging"])("on %s as whoever deploys: the provider finds their token by itself", (name) => {
    expect(providerOf(name)).toEqual([{ address }]);
  });
});

test("a layer reads secrets where the layer below put them, and is deployed after it", () => {
  const app = Testing.app();
  const lower = testStack({ app, layer: "secrets" });
  const upper = vaultStack({ app, layer: "layer-2" });
  const { value } = storedSecretsOf(upper)("redis/password");

  expect(resolved(upper, value)).toBe(interpolated('data.vault_kv_secret_v2.stored_redis_password.data["value"]'));
  expect(synthesise(upper).data?.vault_kv_secret_v2?.stored_redis_password.mount).toBe(
    interpolated("data.terraform_remote_state.secrets.outputs.mount_path"),
  );
  expect(upper.dependencies).toEqual([lower]);
});
