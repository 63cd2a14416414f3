import type { Construct } from "constructs";
import { publicUrl } from "../config/hosts";
import { SECRETS, type SecretPath } from "../config/secrets/catalogue";
import { AuditLog } from "../constructs/secrets/audit-log";
import { CiSignIn } from "../constructs/secrets/ci-sign-in";
import { featuresOff } from "../constructs/secrets/features-off";
import { GitHubSignIn } from "../constructs/secrets/github-sign-in";
import { SecretStore } from "../constructs/secrets/secret-store";
import { secretValue } from "../constructs/secrets/secret-value";
import { VaultApplications } from "../constructs/secrets/vault-applications";
import { VaultRoles } from "../constructs/secrets/vault-roles";
import { LayerStack, type LayerStackProps } from "../constructs/terraform/layer-stack";
import { useRandom } from "../constructs/terraform/providers";
import { foundationOutputs, secretsOutputs } from "./outputs";
import { useVaultOfLayer1 } from "./vault-access";

/**
 * The inside of Vault: who may do what, and every secret.
 */
export class Secrets extends LayerStack {
  constructor(scope: Construct, props: LayerStackProps) {
    super(scope, "secrets", props);
    useVaultOfLayer1(this);
    useRandom(this);
    new AuditLog(this, "audit");
    // "Default" leaves no trace in addresses: vault_policy.operator.
    this.addSignIn(new VaultRoles(this, "Default"));
    const store = this.addSecrets();
    secretsOutputs.publish(this, { mountPath: store.mountPath, featuresOff: featuresOff(this) });
  }

  private addSignIn(roles: VaultRoles): void {
    const { github, ci } = this.environment.vaultSignIn;
    if (github !== undefined) {
      new GitHubSignIn(this, "github", { github, roles });
    }
    if (ci !== undefined) {
      new CiSignIn(this, "ci", { ci, roles, audience: publicUrl(this.environment, "vault") });
    }
  }

  private addSecrets(): SecretStore {
    const store = new SecretStore(this, "secret");
    const sources = {
      foundation: this.environment.platform === "cloud" ? foundationOutputs.read(this) : undefined,
      applications: new VaultApplications(this, "application"),
    };
    for (const path of Object.keys(SECRETS) as SecretPath[]) {
      const value = secretValue(this, path, sources);
      if (value !== undefined) {
        store.keep(path, value);
      }
    }
    return store;
  }
}
