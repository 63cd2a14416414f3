import { Audit } from "@cdktf/provider-vault/lib/audit";
import { Aspects, dependable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { LayerStack } from "../terraform/layer-stack";

/**
 * Vault's record of who asked it what, in its container's log. Secrets are hashed in it.
 */
export class AuditLog extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const audit = new Audit(this, "Resource", { type: "file", path: "log", options: { file_path: "stdout" } });
    // Vault fails what it is asked while it begins to record, and half of that is done all the same.
    Aspects.of(LayerStack.of(this)).add({
      visit: (node) => {
        if (node instanceof TerraformResource && node !== audit && node.terraformResourceType.startsWith("vault_")) {
          node.dependsOn = [...(node.dependsOn ?? []), dependable(audit)];
        }
      },
    });
  }
}
