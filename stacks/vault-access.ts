import { type StoredSecrets, storedSecrets } from "../constructs/secrets/stored-secrets";
import type { LayerStack } from "../constructs/terraform/layer-stack";
import { useVault } from "../constructs/terraform/providers";
import { layer1Outputs, secretsOutputs } from "./outputs";

/**
 * Lets a layer above into the Vault that Layer 1 made: as the bootstrap's user, or in the cloud by
 * the token of whoever deploys.
 */
export function useVaultOfLayer1(stack: LayerStack): void {
  const { vaultAddress, vaultUsername, vaultPassword } = layer1Outputs.read(stack);
  useVault(stack, {
    address: vaultAddress,
    user: stack.environment.platform === "cloud" ? undefined : { name: vaultUsername, password: vaultPassword },
  });
}

/** The secrets that Vault keeps, for a layer above the one that put them there. */
export function storedSecretsOf(stack: LayerStack): StoredSecrets {
  return storedSecrets(stack, secretsOutputs.read(stack).mountPath);
}
