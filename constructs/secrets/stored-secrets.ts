import { DataVaultKvSecretV2 } from "@cdktf/provider-vault/lib/data-vault-kv-secret-v2";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { constructId, type SecretPath } from "../../config/secrets/catalogue";
import type { LayerStack } from "../terraform/layer-stack";

/** A secret as Vault keeps it. */
export interface StoredSecret {
  /** A reference to its value. */
  readonly value: string;
  /** What is another when its value is: the entry's version and when that was written. */
  readonly version: string;
}

/** Reads a secret. */
export type StoredSecrets = (path: SecretPath) => StoredSecret;

/** A deleted entry that is made again begins at version 1 again, but not at the same time. */
const TIME_HASH_LENGTH = 6;

/**
 * The secrets that Vault keeps, as a layer above reads them: each once, however many need it. Called once by a layer.
 *
 * @param mountPath path of Vault's KV engine
 */
export function storedSecrets(stack: LayerStack, mountPath: string): StoredSecrets {
  const scope = new Construct(stack, "stored");
  return (path) => {
    const id = constructId(path);
    const existing = scope.node.tryFindChild(id);
    const entry =
      existing instanceof DataVaultKvSecretV2
        ? existing
        : new DataVaultKvSecretV2(scope, id, { mount: mountPath, name: path });
    const written = Fn.substr(Fn.sha256(entry.createdTime), 0, TIME_HASH_LENGTH);
    return {
      value: entry.data.lookup("value"),
      version: `v${Token.asString(entry.version)}-${written}`,
    };
  };
}
