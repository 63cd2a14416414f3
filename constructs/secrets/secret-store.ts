import { KvSecretV2 } from "@cdktf/provider-vault/lib/kv-secret-v2";
import { Mount } from "@cdktf/provider-vault/lib/mount";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { constructId, SECRETS, type SecretPath } from "../../config/secrets/catalogue";
import type { SecretValue } from "./secret-value";
import { SECRET_MOUNT } from "./vault-policies";

/** How many versions of an entry Vault keeps, so that a rotation can be looked up and undone. */
const VERSIONS_KEPT = 10;

/**
 * Vault's KV engine, with one entry for each secret.
 */
export class SecretStore extends Construct {
  /** The path of the engine. */
  readonly mountPath: string;
  private readonly mount: Mount;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.mount = new Mount(this, "Resource", {
      path: SECRET_MOUNT,
      type: "kv",
      description: "Every secret of the platform, one entry each.",
      options: { version: "2" },
    });
    this.mountPath = this.mount.path;
  }

  /** Keeps a secret. Its value passes through Terraform and is in no state. */
  keep(path: SecretPath, { value, version }: SecretValue): void {
    const { purpose, users } = SECRETS[path];
    new KvSecretV2(this, constructId(path), {
      mount: this.mount.path,
      name: path,
      dataJsonWo: Fn.jsonencode({ value }),
      dataJsonWoVersion: version,
      // Otherwise `destroy` leaves the old versions behind.
      deleteAllVersions: true,
      customMetadata: { maxVersions: VERSIONS_KEPT, data: { purpose, users: users.join(", ") } },
    });
  }
}
