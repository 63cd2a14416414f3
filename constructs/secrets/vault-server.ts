import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import type { MetricsEndpointProps } from "../observability/metrics-endpoint";
import { Duration } from "../swarm/duration";
import type { FileMount } from "../swarm/file-mount";
import { healthCheckOf } from "../swarm/health-check";
import { Memory } from "../swarm/memory";
import type { NetworkReference } from "../swarm/network-reference";
import { SwarmConfig } from "../swarm/swarm-config";
import { SwarmSecret } from "../swarm/swarm-secret";
import { SwarmService } from "../swarm/swarm-service";
import { LayerStack } from "../terraform/layer-stack";
import { isReference, validate } from "../terraform/validation";

/** The port of Vault's API. */
export const VAULT_PORT = 8200;
/**
 * What Vault does for anybody who reaches it, who is given its keys if he is the first, and what only
 * an operator on the machine should ask. What Traefik does not decode before it looks, such as a
 * slash written as `%2F`, is refused as well.
 */
export const VAULT_OPERATOR_PATHS =
  "^/v1/sys/(init|unseal|seal|generate-root|rekey|rekey-recovery-key|step-down|storage/raft)(/|$)|%";
const CLUSTER_PORT = 8201;
/** Metrics need no token here, so Traefik never leads here. */
const METRICS_PORT = 8203;
const SERVER_CONFIGURATION_PATH = "/vault/config/server.json";
const SEAL_CONFIGURATION_PATH = "/run/secrets/seal.json";
/** The image makes this folder and gives it to Vault's user; a volume inherits that. */
export const VAULT_FOLDER = "/vault/file";

/** AWS KMS as the seal: Vault unseals itself. Every value may be a token. */
export interface AwsKmsSeal {
  readonly region: string;
  readonly keyId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /**
   * Where KMS answers.
   *
   * @default - Amazon's endpoint in the region
   */
  readonly endpoint?: string;
}

export interface VaultServerProps {
  /** The networks it joins. With a KMS seal, one of them must reach the internet. */
  readonly networks: readonly NetworkReference[];
  /**
   * What unseals it.
   *
   * @default - keys that a task keeps, or people
   */
  readonly seal?: AwsKmsSeal;
}

/**
 * Vault's server, with its data on a volume.
 *
 * A sealed Vault counts as healthy, because restarting it would not unseal it.
 */
export class VaultServer extends Construct {
  readonly service: SwarmService;
  /** The URL of its API for services on its networks. */
  readonly internalUrl: string;

  /**
   * @throws FaultsError when the seal's secret is written out instead of referred to
   */
  constructor(scope: Construct, id: string, { networks, seal }: VaultServerProps) {
    super(scope, id);
    validate(this, [
      {
        where: "seal.secretAccessKey",
        broken: seal !== undefined && !isReference(seal.secretAccessKey),
        message: "it is written out and would be in the synthesised JSON; refer to a layer's output",
      },
    ]);
    const stack = LayerStack.of(this);
    const files = [this.serverConfiguration(stack.swarmName(this)), ...this.sealConfiguration(seal)];
    this.service = new SwarmService(this, "Resource", {
      image: stack.images.vault,
      networks,
      // The image's own entry point changes capabilities and owners, which nothing here needs.
      command: ["vault", "server", ...files.map(({ path }) => `-config=${path}`)],
      files,
      volumes: [{ name: "data", path: VAULT_FOLDER }],
      healthCheck: healthCheckOf(stack.images.vault, Duration.seconds(30)),
      limits: { cpus: 0.5, memory: Memory.mebibytes(256) },
      stopGracePeriod: Duration.seconds(20),
    });
    this.internalUrl = `http://${this.service.address(VAULT_PORT)}`;
  }

  /** Where Prometheus reads how it does, also while it is sealed. */
  get metrics(): MetricsEndpointProps {
    return {
      service: this.service,
      port: METRICS_PORT,
      path: "/v1/sys/metrics",
      parameters: { format: ["prometheus"] },
    };
  }

  private serverConfiguration(serviceName: string): FileMount {
    const listener = (port: number, more: object = {}) => ({
      tcp: { address: `0.0.0.0:${port}`, tls_disable: true, ...more },
    });
    const configuration = {
      ui: true,
      // Raft maps its database into memory, which does not go with locking memory.
      disable_mlock: true,
      api_addr: `http://${serviceName}:${VAULT_PORT}`,
      cluster_addr: `http://${serviceName}:${CLUSTER_PORT}`,
      // The default waits five times as long for other nodes' votes, of which there are none.
      storage: { raft: { path: VAULT_FOLDER, node_id: "vault", performance_multiplier: 1 } },
      listener: [listener(VAULT_PORT), listener(METRICS_PORT, { telemetry: { unauthenticated_metrics_access: true } })],
      telemetry: { disable_hostname: true, prometheus_retention_time: "24h" },
    };
    const content = JSON.stringify(configuration, null, 2);
    return new SwarmConfig(this, "server", { content }).at(SERVER_CONFIGURATION_PATH);
  }

  /** A secret and not a config, because it holds credentials. */
  private sealConfiguration(seal: AwsKmsSeal | undefined): FileMount[] {
    if (seal === undefined) {
      return [];
    }
    const { region, keyId, accessKeyId, secretAccessKey, endpoint } = seal;
    const value = Fn.jsonencode({
      seal: {
        awskms: {
          region,
          kms_key_id: keyId,
          access_key: accessKeyId,
          secret_key: secretAccessKey,
          ...(endpoint === undefined ? {} : { endpoint }),
        },
      },
    });
    return [new SwarmSecret(this, "seal", { value: Token.asString(value) }).at(SEAL_CONFIGURATION_PATH)];
  }
}
