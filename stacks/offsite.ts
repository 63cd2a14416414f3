import type { Construct } from "constructs";
import { cloudOf } from "../constructs/cloud/cloud-of";
import { OffsiteBackups } from "../constructs/cloud/offsite-backups";
import { VaultSealKey } from "../constructs/cloud/vault-seal-key";
import { OperatorSecrets } from "../constructs/secrets/operator-secrets";
import { LayerStack, type LayerStackProps } from "../constructs/terraform/layer-stack";
import { useAws } from "../constructs/terraform/providers";
import { offsiteOutputs } from "./outputs";

/**
 * What AWS gives: the key that seals Vault, and a place for backups that DigitalOcean cannot lose.
 */
export class Offsite extends LayerStack {
  constructor(scope: Construct, props: LayerStackProps) {
    super(scope, "offsite", props);
    const { offsiteRegion: region } = cloudOf(this);
    const secrets = OperatorSecrets.of(this);
    useAws(this, {
      region,
      accessKeyId: secrets.take("amazon/access-key-id"),
      secretAccessKey: secrets.take("amazon/secret-access-key"),
    });
    const seal = new VaultSealKey(this, "vault-seal");
    const { bucket } = new OffsiteBackups(this, "backups");
    offsiteOutputs.publish(this, {
      sealRegion: region,
      sealKeyId: seal.keyId,
      sealAccessKeyId: seal.accessKeyId,
      sealSecretAccessKey: seal.secretAccessKey,
      backupBucket: bucket,
    });
  }
}
