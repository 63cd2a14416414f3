import {
  ADMINISTRATOR_POLICY,
  DEVELOPER_POLICY,
  OPERATOR_POLICY,
  type VaultPolicy,
} from "../../../constructs/secrets/vault-policies";
import { VAULT_ROLES, type VaultRole, VaultRoles } from "../../../constructs/secrets/vault-roles";
import { interpolated, resolved, synthesise } from "../../support/testing";
import { vaultStack } from "../../support/vault";

const documents: Readonly<Record<VaultRole, VaultPolicy>> = {
  administrator: ADMINISTRATOR_POLICY,
  operator: OPERATOR_POLICY,
  developer: DEVELOPER_POLICY,
};

test.each(VAULT_ROLES)("the role %s has its own document, in a policy of its name", (role) => {
  const stack = vaultStack();
  const roles = new VaultRoles(stack, "Default");
  const policies = synthesise(stack).resource?.vault_policy ?? {};

  expect(Object.keys(policies).sort()).toEqual([...VAULT_ROLES].sort());
  expect(policies[role].name).toBe(role);
  expect(JSON.parse(policies[role].policy)).toEqual(documents[role]);
  expect(resolved(stack, roles.policyOf(role))).toBe(interpolated(`vault_policy.${role}.name`));
});
