import { Password } from "@cdktf/provider-random/lib/password";
import type { Image } from "../../config/images/image";
import { HttpRoute } from "../../constructs/ingress/http-route";
import { VAULT_OPERATOR_PATHS, VAULT_PORT, VaultServer } from "../../constructs/secrets/vault-server";
import { Duration } from "../../constructs/swarm/duration";
import { Memory } from "../../constructs/swarm/memory";
import type { NetworkReference } from "../../constructs/swarm/network-reference";
import { SwarmService } from "../../constructs/swarm/swarm-service";
import type { LayerStack } from "../../constructs/terraform/layer-stack";

const KMS_PORT = 5000;
const KEY_ID = "22222222-3333-4444-8555-666666666666";
const REGION = "us-east-1";

/** The part before the domain of the host at which the tests reach this Vault. */
export const SEALED_VAULT_LABEL = "sealed-vault";
/** The same, for the host at which people would reach it. */
export const PUBLIC_VAULT_LABEL = "public-vault";

/** Adds the cloud's Vault, with a stand-in for AWS KMS. */
export function addKmsSealedVault(stack: LayerStack, network: NetworkReference, kmsImage: Image): void {
  const networks = [network];
  const kms = new SwarmService(stack, "kms", {
    image: kmsImage,
    networks,
    environment: { KMS_KEY_ID: KEY_ID, AWS_REGION: REGION },
    healthCheck: {
      command: ["CMD-SHELL", `curl -fs -o /dev/null http://127.0.0.1:${KMS_PORT}/moto-api/`],
      startPeriod: Duration.seconds(30),
    },
    limits: { cpus: 0.5, memory: Memory.mebibytes(256) },
  });
  const { service } = new VaultServer(stack, "sealed-vault", {
    networks,
    seal: {
      region: REGION,
      keyId: KEY_ID,
      accessKeyId: "anybody",
      // The stand-in lets anybody in; the value takes the way that a real one takes.
      secretAccessKey: new Password(stack, "kms-secret-key", { length: 40, special: false }).result,
      endpoint: `http://${kms.address(KMS_PORT)}`,
    },
  });
  new HttpRoute(stack, "sealed-vault-route", {
    service,
    label: SEALED_VAULT_LABEL,
    port: VAULT_PORT,
    audience: "public",
  });
  new HttpRoute(stack, "public-vault-route", {
    service,
    label: PUBLIC_VAULT_LABEL,
    port: VAULT_PORT,
    audience: "public",
    closedPaths: VAULT_OPERATOR_PATHS,
  });
}
