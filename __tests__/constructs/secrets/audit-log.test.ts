import { Password } from "@cdktf/provider-random/lib/password";
import { Mount } from "@cdktf/provider-vault/lib/mount";
import { Policy } from "@cdktf/provider-vault/lib/policy";
import { AuditLog } from "../../../constructs/secrets/audit-log";
import { synthesise } from "../../support/testing";
import { vaultStack } from "../../support/vault";

function auditLog() {
  const stack = vaultStack();
  const password = new Password(stack, "password", { length: 40 });
  const before = new Mount(stack, "before", { path: "before", type: "kv", dependsOn: [password] });
  new AuditLog(stack, "audit");
  new Policy(stack, "after", { name: before.path, policy: "{}" });
  return synthesise(stack);
}

const { resource } = auditLog();

test("goes to the container's log", () => {
  expect(resource?.vault_audit?.audit).toEqual({ type: "file", path: "log", options: { file_path: "stdout" } });
});

test("is there before everything else that is made in Vault, wherever that stands in the program", () => {
  expect(resource?.vault_policy?.after.depends_on).toEqual(["vault_audit.audit"]);
  expect(resource?.vault_mount?.before.depends_on).toEqual(["random_password.password", "vault_audit.audit"]);
});

test("lets wait for it nothing that is not Vault's", () => {
  expect(resource?.random_password?.password).not.toHaveProperty("depends_on");
});
