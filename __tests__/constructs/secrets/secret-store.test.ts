import { TerraformVariable } from "cdktf";
import { SecretStore } from "../../../constructs/secrets/secret-store";
import { interpolated, resolved, synthesise } from "../../support/testing";
import { vaultStack } from "../../support/vault";

function storeWith(...paths: Parameters<SecretStore["keep"]>[0][]) {
  const stack = vaultStack();
  const store = new SecretStore(stack, "secret");
  const value = new TerraformVariable(stack, "token", { type: "string", sensitive: true }).stringValue;
  for (const path of paths) {
    store.keep(path, { value, version: 7 });
  }
  return { stack, store };
}

test("is an engine that keeps versions, and hands on its path", () => {
  const { stack, store } = storeWith();

  expect(resolved(stack, store.mountPath)).toBe(interpolated("vault_mount.secret.path"));
  expect(synthesise(stack).resource?.vault_mount?.secret).toMatchObject({
    path: "secret",
    type: "kv",
    options: { version: "2" },
  });
});

test("has one entry for each secret, which says what it is for and leaves nothing behind", () => {
  const { stack } = storeWith("postgres/sprocket-password", "core/jwt-key");
  const { secret_postgres_sprocket_password: entry, ...others } = synthesise(stack).resource?.vault_kv_secret_v2 ?? {};

  expect(entry).toEqual({
    mount: interpolated("vault_mount.secret.path"),
    name: "postgres/sprocket-password",
    data_json_wo: interpolated('jsonencode({"value" = var.token})'),
    data_json_wo_version: 7,
    delete_all_versions: true,
    custom_metadata: {
      max_versions: 10,
      data: { purpose: "Opens the database sprocket to its owner sprocket", users: "core, migrations" },
    },
  });
  expect(Object.values(others).map(({ name }) => name)).toEqual(["core/jwt-key"]);
});

test("keeps no secret twice", () => {
  expect(() => storeWith("core/jwt-key", "core/jwt-key")).toThrow("There is already a Construct with name");
});
