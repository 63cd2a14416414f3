import { join } from "node:path";
import type { Construct } from "constructs";
import type { Environment } from "../../config/schema";
import { isBrought, SECRETS, type SecretPath } from "../../config/secrets/catalogue";
import type { OperatorSecretPath } from "../../config/secrets/operator-secrets";
import { Duration } from "../../constructs/swarm/duration";
import { Memory } from "../../constructs/swarm/memory";
import { SwarmSecret } from "../../constructs/swarm/swarm-secret";
import { SwarmService } from "../../constructs/swarm/swarm-service";
import { LayerStack, type LayerStackProps } from "../../constructs/terraform/layer-stack";
import { useDocker } from "../../constructs/terraform/providers";
import { trustNetworksOf } from "../../stacks/trust-networks";
import { storedSecretsOf, useVaultOfLayer1 } from "../../stacks/vault-access";

/** Where the client finds the secrets that it was given, by their paths. */
export const SECRETS_FOLDER = "/secrets";

/**
 * An application that knows every secret and reaches every data service, with the libraries of this
 * project's tests.
 */
export class ClientStack extends LayerStack {
  constructor(scope: Construct, props: LayerStackProps) {
    super(scope, "foundation", props);
    useDocker(this);
    useVaultOfLayer1(this);
    const networks = trustNetworksOf(this);
    const secrets = storedSecretsOf(this);
    new SwarmService(this, "client", {
      image: this.images.node,
      networks: [
        networks.ingressPublic,
        networks.redis,
        networks.rabbitmq,
        networks.postgres,
        networks.objectStorage,
        networks.influxdb,
      ],
      command: ["sh", "-c", "trap 'exit 0' TERM; while :; do sleep 1; done"],
      bindMounts: [{ hostPath: join(__dirname, "..", "..", "node_modules"), path: "/node_modules" }],
      // Docker takes no name as long as those of some secrets.
      files: mountedIn(this.environment).map((path, index) =>
        new SwarmSecret(this, `secret-${index}`, secrets(path)).at(`${SECRETS_FOLDER}/${path}`),
      ),
      healthCheck: { command: ["CMD", "true"], startPeriod: Duration.seconds(5), interval: Duration.seconds(2) },
      limits: { cpus: 1, memory: Memory.mebibytes(384) },
    });
  }
}

/** What Vault keeps on a laptop, less what opens everything. */
function mountedIn(environment: Environment): readonly SecretPath[] {
  return (Object.keys(SECRETS) as SecretPath[]).filter(
    (path) =>
      !/administrator|root|vault-secret-id|^aws|^digitalocean|^github/.test(path) &&
      (SECRETS[path].origin !== "operator" || isBrought(environment, path as OperatorSecretPath)),
  );
}
