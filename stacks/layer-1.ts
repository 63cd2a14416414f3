import type { Construct } from "constructs";
import { HttpRoute } from "../constructs/ingress/http-route";
import { LoopbackRoute } from "../constructs/ingress/loopback-route";
import { OperatorSignIn } from "../constructs/ingress/operator-sign-in";
import { SocketProxy } from "../constructs/ingress/socket-proxy";
import { Traefik } from "../constructs/ingress/traefik";
import { MetricsEndpoint } from "../constructs/observability/metrics-endpoint";
import { VaultBootstrap } from "../constructs/secrets/vault-bootstrap";
import { type AwsKmsSeal, VAULT_OPERATOR_PATHS, VAULT_PORT, VaultServer } from "../constructs/secrets/vault-server";
import { TrustNetworks } from "../constructs/swarm/trust-networks";
import { LayerStack, type LayerStackProps } from "../constructs/terraform/layer-stack";
import { useRandom, useTls } from "../constructs/terraform/providers";
import { useDockerOfEnvironment } from "./docker-access";
import { layer1Outputs, offsiteOutputs } from "./outputs";

/**
 * The core: the networks, the way in, and Vault.
 */
export class Layer1 extends LayerStack {
  private readonly inCloud: boolean;

  constructor(scope: Construct, props: LayerStackProps) {
    super(scope, "layer-1", props);
    this.inCloud = props.environment.platform === "cloud";
    this.useProviders();
    const networks = new TrustNetworks(this, "Default");
    const traefik = this.addIngress(networks);
    const vault = this.addVault(networks);
    layer1Outputs.publish(this, {
      networkIds: networks.ids,
      vaultAddress: `http://127.0.0.1:${this.environment.ports.vault}`,
      vaultServiceUrl: vault.server.internalUrl,
      vaultUsername: vault.credential?.username,
      vaultPassword: vault.credential?.password,
      authorityCertificate: traefik.authorityCertificate,
    });
  }

  private useProviders(): void {
    useDockerOfEnvironment(this);
    useRandom(this);
    if (this.environment.certificates.kind === "private") {
      useTls(this);
    }
  }

  private addIngress({ references: networks }: TrustNetworks): Traefik {
    const { signIn } = this.environment;
    const socketProxy = new SocketProxy(this, "socket-proxy", {
      network: networks.dockerApi,
      // What Traefik's Swarm provider asks for, and nothing else.
      sections: ["SERVICES", "TASKS", "NETWORKS", "NODES"],
    });
    const operators =
      signIn.kind === "github"
        ? new OperatorSignIn(this, "sign-in", { network: networks.ingressOperators, github: signIn })
        : undefined;
    return new Traefik(this, "traefik", {
      networks,
      dockerAddress: socketProxy.address,
      signInAddress: operators?.address,
    });
  }

  private addVault({
    references: networks,
  }: TrustNetworks): Pick<Partial<VaultBootstrap>, "credential"> & { server: VaultServer } {
    // Out of the public services' reach, though in the cloud its host is public.
    const network = networks.ingressOperators;
    const server = new VaultServer(this, "vault", {
      networks: [network, networks.vault, networks.metrics],
      seal: this.inCloud ? this.kmsSeal() : undefined,
    });
    const { service } = server;
    new MetricsEndpoint(this, "vault-metrics", server.metrics);
    new LoopbackRoute(this, "vault-loopback", { service, port: VAULT_PORT, entryPoint: "vault", network });
    if (this.inCloud) {
      // Vault itself asks people who they are.
      new HttpRoute(this, "vault-route", {
        service,
        label: "vault",
        port: VAULT_PORT,
        audience: "public",
        closedPaths: VAULT_OPERATOR_PATHS,
        // A sealed one answers otherwise.
        probe: { path: "/v1/sys/health?standbyok=true", status: 200 },
      });
      return { server };
    }
    const { credential } = new VaultBootstrap(this, "vault-bootstrap", { server, network: networks.vault });
    return { server, credential };
  }

  private kmsSeal(): AwsKmsSeal {
    const { sealRegion, sealKeyId, sealAccessKeyId, sealSecretAccessKey } = offsiteOutputs.read(this);
    return {
      region: sealRegion,
      keyId: sealKeyId,
      accessKeyId: sealAccessKeyId,
      secretAccessKey: sealSecretAccessKey,
    };
  }
}
