import { INFLUXDB_TOKEN_HOLDER_NAMES } from "../../../config/data/influxdb";
import { influxDbTokenPath } from "../../../config/secrets/platform-secrets";
import { VaultApplications } from "../../../constructs/secrets/vault-applications";
import { applicationPolicy } from "../../../constructs/secrets/vault-policies";
import { failureOf, interpolated, resolved, synthesise } from "../../support/testing";
import { vaultStack } from "../../support/vault";

function applications() {
  const stack = vaultStack();
  const made = new VaultApplications(stack, "application");
  return { stack, made, resource: synthesise(stack).resource ?? {} };
}

test("a program that makes secrets signs in by its role, for one run and to the entries of its own", () => {
  const { vault_policy, vault_approle_auth_backend_role, vault_auth_backend } = applications().resource;

  expect(vault_auth_backend?.application).toMatchObject({ type: "approle" });
  expect(vault_approle_auth_backend_role).toEqual({
    application_influxdb: {
      backend: interpolated("vault_auth_backend.application.path"),
      role_name: "influxdb",
      role_id: "influxdb",
      token_policies: [interpolated("vault_policy.application_influxdb_policy.name")],
      token_ttl: 300,
      token_max_ttl: 300,
    },
  });
  expect(vault_policy?.application_influxdb_policy.name).toBe("application-influxdb");
  expect(JSON.parse(vault_policy?.application_influxdb_policy.policy)).toEqual(
    applicationPolicy(INFLUXDB_TOKEN_HOLDER_NAMES.map(influxDbTokenPath)),
  );
});

test("what it signs in with is its role's secret id", () => {
  const { stack, made, resource } = applications();

  expect(resource.vault_approle_auth_backend_role_secret_id?.application_influxdb_secret_id).toEqual({
    backend: interpolated("vault_auth_backend.application.path"),
    role_name: interpolated("vault_approle_auth_backend_role.application_influxdb.role_name"),
  });
  expect(resolved(stack, made.secretIdOf("influxdb"))).toBe(
    interpolated("vault_approle_auth_backend_role_secret_id.application_influxdb_secret_id.secret_id"),
  );
});

test("fails for a role that there is not, with those that there are", () => {
  const { stack, made } = applications();

  expect(failureOf(() => made.secretIdOf("influx"))).toBe(
    `${stack.node.path}/application: there is no role influx; there is influxdb`,
  );
});
