/** A document of Vault's access rules: capabilities by path. */
export interface VaultPolicy {
  readonly path: Readonly<Record<string, { readonly capabilities: readonly Capability[] }>>;
}

type Capability = "create" | "read" | "update" | "delete" | "list" | "sudo" | "deny";

const MANAGE = { capabilities: ["create", "read", "update", "delete", "list"] } as const;
const MANAGE_PROTECTED = { capabilities: [...MANAGE.capabilities, "sudo"] } as const;
const NOTHING = { capabilities: ["deny"] } as const;
const SET = { capabilities: ["create", "update"] } as const;

/**
 * What the layer `secrets` needs: to arrange Vault from the inside.
 *
 * It reaches neither the seal nor the keys nor the nodes nor the bootstrap's own users, but whoever
 * may write policies may write one that does: it is an administrator's, only not root's.
 */
export const DEPLOYER_POLICY: VaultPolicy = {
  path: {
    "sys/mounts": { capabilities: ["read", "list"] },
    "sys/mounts/*": MANAGE,
    "sys/auth": { capabilities: ["read", "list", "sudo"] },
    "sys/auth/*": MANAGE_PROTECTED,
    "sys/audit": { capabilities: ["read", "list", "sudo"] },
    "sys/audit/*": MANAGE_PROTECTED,
    "sys/policies/acl": { capabilities: ["read", "list"] },
    "sys/policies/acl/*": MANAGE,
    "auth/*": MANAGE,
    "auth/userpass/users/maintainer": NOTHING,
    "auth/userpass/users/maintainer/*": NOTHING,
    "auth/userpass/users/deployer": NOTHING,
    "auth/userpass/users/deployer/*": NOTHING,
    "sys/policies/acl/maintainer": NOTHING,
    "sys/policies/acl/deployer": NOTHING,
    "secret/*": MANAGE,
    // Terraform's provider works with a short-lived child of the token it signs in for.
    "auth/token/create": SET,
  },
};

/** What the bootstrap task needs once there is no root token any more: to keep the deployer, and itself, as declared. */
export const MAINTAINER_POLICY: VaultPolicy = {
  path: {
    "sys/policies/acl/maintainer": SET,
    "sys/policies/acl/deployer": SET,
    "auth/userpass/users/deployer": SET,
  },
};
