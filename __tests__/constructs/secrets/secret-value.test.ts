import type { SecretPath } from "../../../config/secrets/catalogue";
import { secretValue } from "../../../constructs/secrets/secret-value";
import { VaultApplications } from "../../../constructs/secrets/vault-applications";
import { foundationOutputs } from "../../../stacks/outputs";
import { environmentLike, environmentNamed, failureOf, interpolated, resolved } from "../../support/testing";
import { vaultStack } from "../../support/vault";

const hashOf = (reference: string) => `nonsensitive(parseint(substr(sha256(${reference}), 0, 12), 16))`;
const generated = (length: number) => interpolated(`substr(ephemeral.random_password.passwords.result, 0, ${length})`);

/** A secret's value and version as Terraform reads them. */
function keptAs(path: SecretPath, environment = environmentNamed("local")) {
  const stack = vaultStack({ environment });
  const foundation = environment.platform === "cloud" ? foundationOutputs.read(stack) : undefined;
  const value = secretValue(stack, path, { foundation, applications: new VaultApplications(stack, "application") });
  return value && resolved(stack, value);
}

const byReference = (reference: string) => ({
  value: interpolated(reference),
  version: interpolated(hashOf(reference)),
});

describe("what people bring", () => {
  test("is the variable where it is needed, in a version that follows it", () => {
    expect(keptAs("discord/bot-token", environmentNamed("lan"))).toEqual(byReference("var.discord_bot_token"));
  });

  test("has on a laptop a stand-in as long as it is missing, and changes when it comes", () => {
    const missing = "nonsensitive((length(var.discord_bot_token) < 1))";

    expect(keptAs("discord/bot-token")).toEqual({
      value: interpolated(
        `${missing} ? substr(ephemeral.random_password.passwords.result, 0, 40) : var.discord_bot_token`,
      ),
      version: interpolated(`${missing} ? 1 : ${hashOf("var.discord_bot_token")}`),
    });
  });

  test.each<SecretPath>(["github/oauth-client-secret", "aws/secret-access-key"])(
    "is not kept where it is not for the applications: %s",
    (path) => {
      expect(keptAs(path, environmentNamed("production"))).toBeUndefined();
    },
  );
});

describe("what this project makes up", () => {
  test("is as long as the catalogue says, and stays", () => {
    expect(keptAs("core/jwt-key")).toEqual({ value: generated(128), version: 1 });
  });

  test("is written anew when its counter is raised", () => {
    const environment = environmentLike("local", { rotations: { "core/jwt-key": 3 } });

    expect(keptAs("core/jwt-key", environment)).toEqual({ value: generated(128), version: 3 });
    expect(keptAs("redis/password", environment)?.version).toBe(1);
  });

  test("is not kept in the cloud where it is for what the cloud lacks", () => {
    expect(keptAs("object-storage/root-secret-access-key")).toBeDefined();
    expect(keptAs("object-storage/root-secret-access-key", environmentNamed("production"))).toBeUndefined();
  });
});

describe("what the foundation makes", () => {
  const outputs = "data.terraform_remote_state.foundation.outputs";

  test.each<[SecretPath, string]>([
    ["postgres/administrator-password", `sensitive(${outputs}.database_admin_password)`],
    ["object-storage/core-secret-access-key", `sensitive(${outputs}.spaces_secret_access_keys.core)`],
    ["object-storage/discord-bot-access-key-id", `${outputs}.spaces_access_key_ids["discord-bot"]`],
  ])("is in the cloud its output, in a version that follows it: %s", (path, reference) => {
    expect(keptAs(path, environmentNamed("production"))).toEqual(byReference(reference));
  });

  test("is made up where there is no cloud, and rotated there", () => {
    const environment = environmentLike("lan", { rotations: { "postgres/administrator-password": 2 } });

    expect(keptAs("postgres/administrator-password")).toEqual({ value: generated(40), version: 1 });
    expect(keptAs("postgres/administrator-password", environment)?.version).toBe(2);
  });

  test("is the user's name where there is no cloud and it is a mere name", () => {
    expect(keptAs("object-storage/discord-bot-access-key-id")).toEqual({ value: "discord-bot", version: 1 });
  });

  test.each<[SecretPath, object, string, string]>([
    [
      "postgres/administrator-password",
      { databaseHost: "a", databasePort: 1 },
      "databaseAdminPassword",
      "databaseHost, databasePort",
    ],
    ["object-storage/core-secret-access-key", { databaseHost: "a" }, "spacesSecretAccessKeys.core", "databaseHost"],
    [
      "object-storage/core-secret-access-key",
      { spacesSecretAccessKeys: {} },
      "spacesSecretAccessKeys.core",
      "spacesSecretAccessKeys",
    ],
  ])("fails where the foundation lacks %s, and says what it has: %j", (path, values, output, outputs) => {
    const stack = vaultStack({ environment: environmentNamed("production") });
    const sources = { foundation: { ...values }, applications: new VaultApplications(stack, "application") };

    expect(failureOf(() => secretValue(stack, path, sources))).toBe(
      `the secret ${path} is to come from foundation's output ${output}; it has ${outputs}`,
    );
  });
});

test("what lets a program in to Vault is what Vault makes, in a version that follows it", () => {
  expect(keptAs("influxdb/vault-secret-id")).toEqual(
    byReference("vault_approle_auth_backend_role_secret_id.application_influxdb_secret_id.secret_id"),
  );
});

test("what a service makes is the service's to keep", () => {
  expect(keptAs("influxdb/server-analytics-service-token")).toBeUndefined();
});
