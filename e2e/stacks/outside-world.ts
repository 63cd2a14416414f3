import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Construct } from "constructs";
import type { Image } from "../../config/images/image";
import { HttpRoute } from "../../constructs/ingress/http-route";
import { Duration } from "../../constructs/swarm/duration";
import { Memory } from "../../constructs/swarm/memory";
import type { NetworkReference } from "../../constructs/swarm/network-reference";
import { SwarmConfig } from "../../constructs/swarm/swarm-config";
import { SwarmService } from "../../constructs/swarm/swarm-service";
import type { TrustNetworkReferences } from "../../constructs/swarm/trust-networks";
import { LayerStack, type LayerStackProps } from "../../constructs/terraform/layer-stack";
import { useDocker, useRandom } from "../../constructs/terraform/providers";
import { trustNetworksOf } from "../../stacks/trust-networks";
import {
  IDENTITY_PROVIDER_PORT,
  IDENTITY_PROVIDER_URL,
  NOTICES_PORT,
  ORGANIZATION,
  ORGANIZATION_ID,
} from "../identity";
import { addKmsSealedVault } from "./kms-sealed-vault";

/** The part before the domain of the host at which the tests reach the identity provider. */
export const IDENTITY_LABEL = "identity";

/** The part before the domain of the host at which the tests read what would have been told in Discord. */
export const NOTICES_LABEL = "notices";

/** What is outside and the tests cannot reach: GitHub, Discord, and Amazon's KMS with a Vault that it seals. */
export class OutsideWorldStack extends LayerStack {
  /**
   * @param kmsImage undefined where there is none: then there is no Vault that it seals either
   */
  constructor(scope: Construct, props: LayerStackProps, kmsImage: Image | undefined) {
    super(scope, "offsite", props);
    useDocker(this);
    useRandom(this);
    const networks = trustNetworksOf(this);
    this.addIdentityProvider(networks);
    this.addNotices(networks);
    if (kmsImage !== undefined) {
      addKmsSealedVault(this, networks.ingressPublic, kmsImage);
    }
  }

  private addIdentityProvider({ ingressPublic, vault }: TrustNetworkReferences): void {
    const service = this.serve("identity", "identity-provider.js", [ingressPublic, vault], {
      PORT: String(IDENTITY_PROVIDER_PORT),
      ISSUER: IDENTITY_PROVIDER_URL,
      ORGANIZATION,
      ORGANIZATION_ID,
    });
    new HttpRoute(this, "identity-route", {
      service,
      label: IDENTITY_LABEL,
      port: IDENTITY_PROVIDER_PORT,
      audience: "public",
      probe: { path: "/jwks", status: 200 },
    });
  }

  private addNotices({ ingressOperators, metrics }: TrustNetworkReferences): void {
    const service = this.serve("notices", "notices.js", [ingressOperators, metrics], { PORT: String(NOTICES_PORT) });
    new HttpRoute(this, "notices-route", { service, label: NOTICES_LABEL, port: NOTICES_PORT, audience: "public" });
  }

  private serve(
    id: string,
    program: string,
    networks: readonly NetworkReference[],
    environment: { readonly PORT: string } & Readonly<Record<string, string>>,
  ): SwarmService {
    const content = readFileSync(join(__dirname, program), "utf8");
    return new SwarmService(this, id, {
      image: this.images.node,
      networks,
      command: ["node", "/app/server.js"],
      environment,
      files: [new SwarmConfig(this, `${id}-program`, { content }).at("/app/server.js")],
      healthCheck: {
        command: ["CMD", "node", "-e", `fetch("http://127.0.0.1:${environment.PORT}/").catch(() => process.exit(1))`],
        startPeriod: Duration.seconds(10),
        interval: Duration.seconds(2),
      },
      limits: { cpus: 0.5, memory: Memory.mebibytes(128) },
    });
  }
}
