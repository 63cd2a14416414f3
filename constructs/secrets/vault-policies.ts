/** A document of Vault's access rules: capabilities by path. */
export interface VaultPolicy {
  readonly path: Readonly<Record<string, { readonly capabilities: readonly Capability[] }>>;
}

type Capability = "create" | "read" | "update" | "delete" | "list" | "sudo" | "deny";

/** Where Vault keeps every secret: the path of its KV engine. */
export const SECRET_MOUNT = "secret";

const MANAGE = { capabilities: ["create", "read", "update", "delete", "list"] } as const;
const MANAGE_PROTECTED = { capabilities: [...MANAGE.capabilities, "sudo"] } as const;
const NOTHING = { capabilities: ["deny"] } as const;
const READ = { capabilities: ["read"] } as const;
const SET = { capabilities: ["create", "update"] } as const;
const LOOK = { capabilities: ["read", "list"] } as const;

/** Terraform's provider works with a short-lived child of the token that it is given. */
const USE_TERRAFORM = { "auth/token/create": SET };

/**
 * Arranges Vault from the inside, as the layer `secrets` does.
 *
 * It reaches neither the seal nor the keys nor the nodes, but whoever may write policies may write one
 * that does: it is root's in all but name.
 */
export const ADMINISTRATOR_POLICY: VaultPolicy = {
  path: {
    "sys/mounts": LOOK,
    "sys/mounts/*": MANAGE,
    "sys/auth": { capabilities: [...LOOK.capabilities, "sudo"] },
    "sys/auth/*": MANAGE_PROTECTED,
    "sys/audit": { capabilities: [...LOOK.capabilities, "sudo"] },
    "sys/audit/*": MANAGE_PROTECTED,
    "sys/policies/acl": LOOK,
    "sys/policies/acl/*": MANAGE,
    "auth/*": MANAGE,
    [`${SECRET_MOUNT}/*`]: MANAGE,
    ...USE_TERRAFORM,
  },
};

/** The same for the user that the bootstrap makes, which cannot change the bootstrap's own. */
export const DEPLOYER_POLICY: VaultPolicy = {
  path: {
    ...ADMINISTRATOR_POLICY.path,
    "auth/userpass/users/maintainer": NOTHING,
    "auth/userpass/users/maintainer/*": NOTHING,
    "auth/userpass/users/deployer": NOTHING,
    "auth/userpass/users/deployer/*": NOTHING,
    "sys/policies/acl/maintainer": NOTHING,
    "sys/policies/acl/deployer": NOTHING,
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

/** Reads and replaces secrets, and deploys the layers that only read them. */
export const OPERATOR_POLICY: VaultPolicy = {
  path: {
    [`${SECRET_MOUNT}/data/*`]: { capabilities: ["create", "read", "update", "delete"] },
    [`${SECRET_MOUNT}/metadata/*`]: LOOK,
    [`${SECRET_MOUNT}/undelete/*`]: SET,
    [`sys/mounts/${SECRET_MOUNT}`]: READ,
    ...USE_TERRAFORM,
  },
};

/** Sees which secrets there are, what each is for and when it changed, and no value. */
export const DEVELOPER_POLICY: VaultPolicy = {
  path: { [`${SECRET_MOUNT}/metadata/*`]: LOOK },
};

/** Lets a program keep what it makes by itself, at the paths of its own. */
export function applicationPolicy(paths: readonly string[]): VaultPolicy {
  return {
    path: Object.fromEntries(
      paths.map((path) => [`${SECRET_MOUNT}/data/${path}`, { capabilities: ["create", "read", "update"] }]),
    ),
  };
}
