import { Policy } from "@cdktf/provider-vault/lib/policy";
import { Construct } from "constructs";
import { ADMINISTRATOR_POLICY, DEVELOPER_POLICY, OPERATOR_POLICY, type VaultPolicy } from "./vault-policies";

const DOCUMENTS = {
  administrator: ADMINISTRATOR_POLICY,
  operator: OPERATOR_POLICY,
  developer: DEVELOPER_POLICY,
} as const satisfies Record<string, VaultPolicy>;

/** What a person, or CI, may be in Vault. */
export type VaultRole = keyof typeof DOCUMENTS;

/** What people may be, from the most to the least. */
export const VAULT_ROLES = Object.keys(DOCUMENTS) as readonly VaultRole[];

/**
 * The policy of each role.
 */
export class VaultRoles extends Construct {
  private readonly policies = new Map<VaultRole, string>();

  constructor(scope: Construct, id: string) {
    super(scope, id);
    for (const role of VAULT_ROLES) {
      const policy = new Policy(this, role, { name: role, policy: JSON.stringify(DOCUMENTS[role]) });
      this.policies.set(role, policy.name);
    }
  }

  /** The name of a role's policy. */
  policyOf(role: VaultRole): string {
    return this.policies.get(role) as string;
  }
}
