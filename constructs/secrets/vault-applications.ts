import { ApproleAuthBackendRole } from "@cdktf/provider-vault/lib/approle-auth-backend-role";
import { ApproleAuthBackendRoleSecretId } from "@cdktf/provider-vault/lib/approle-auth-backend-role-secret-id";
import { AuthBackend } from "@cdktf/provider-vault/lib/auth-backend";
import { Policy } from "@cdktf/provider-vault/lib/policy";
import { Construct } from "constructs";
import { SECRETS, type SecretPath } from "../../config/secrets/catalogue";
import type { Secret } from "../../config/secrets/secret";
import { Duration } from "../swarm/duration";
import { applicationPolicy } from "./vault-policies";

/** Long enough for one run of a task. */
const SIGNED_IN_FOR = Duration.minutes(5);

const entries = Object.entries(SECRETS) as readonly [SecretPath, Secret][];

/**
 * Lets in to Vault the programs that make secrets by themselves, each to the entries of its own.
 */
export class VaultApplications extends Construct {
  private readonly secretIds = new Map<string, string>();

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const backend = new AuthBackend(this, "Resource", {
      type: "approle",
      description: "Programs that make secrets by themselves.",
    });
    for (const [, secret] of entries) {
      if (secret.origin === "vault") {
        this.add(secret.role, backend.path);
      }
    }
  }

  /**
   * A reference to what a role signs in with.
   *
   * @throws Error when there is no such role
   */
  secretIdOf(role: string): string {
    const secretId = this.secretIds.get(role);
    if (secretId === undefined) {
      throw new Error(`${this.node.path}: there is no role ${role}; there is ${[...this.secretIds.keys()].join(", ")}`);
    }
    return secretId;
  }

  private add(name: string, backend: string): void {
    const paths = entries.flatMap(([path, secret]) =>
      secret.origin === "service" && secret.by === name ? [path] : [],
    );
    const { name: policy } = new Policy(this, `${name}-policy`, {
      name: `application-${name}`,
      policy: JSON.stringify(applicationPolicy(paths)),
    });
    const role = new ApproleAuthBackendRole(this, name, {
      backend,
      roleName: name,
      roleId: name,
      tokenPolicies: [policy],
      tokenTtl: SIGNED_IN_FOR.seconds,
      tokenMaxTtl: SIGNED_IN_FOR.seconds,
    });
    const { secretId } = new ApproleAuthBackendRoleSecretId(this, `${name}-secret-id`, {
      backend,
      roleName: role.roleName,
    });
    this.secretIds.set(name, secretId);
  }
}
