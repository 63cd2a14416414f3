import { Audit } from "@cdktf/provider-vault/lib/audit";
import { Aspects, dependable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { LayerStack } from "../terraform/layer-stack";

/**
 * Vault's record of who asked it what, in its container's log, with secrets hashed.
 *
 * Every other resource of Vault in the layer waits for it: while Vault begins to record, it answers with
 * errors and does half of what it is asked, so that Terraform would not know what there is.
 */
export class AuditLog extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const audit = new Audit(this, "Resource", { type: "file", path: "log", options: { file_path: "stdout" } });
    Aspects.of(LayerStack.of(this)).add({
      visit: (node) => {
        if (node instanceof TerraformResource && node !== audit && node.terraformResourceType.startsWith("vault_")) {
          node.dependsOn = [...(node.dependsOn ?? []), dependable(audit)];
        }
      },
    });
  }
}
