import { Construct } from "constructs";
import type { Environment } from "../../config/schema";
import { byName } from "../terraform/by-name";
import { LayerStack } from "../terraform/layer-stack";
import { separateWords } from "../terraform/words";
import type { NetworkReference } from "./network-reference";
import { OverlayNetwork } from "./overlay-network";

interface TrustBoundary {
  /** Who may talk to whom over it. */
  readonly purpose: string;
  /** Without a way out to the internet. */
  readonly internal: boolean;
}

/**
 * The trust boundaries of the platform, one overlay network each.
 *
 * A service that joins or leaves a network is re-created, so the set is fixed and made in Layer 1.
 */
export const TRUST_BOUNDARIES = {
  ingressPublic: { purpose: "Traefik to what anybody may see", internal: false },
  ingressOperators: { purpose: "Traefik to what operators may see", internal: false },
  dockerApi: { purpose: "Traefik to the socket proxy", internal: true },
  containerApi: { purpose: "a machine's collector to what it may ask Docker about containers", internal: true },
  vault: { purpose: "Vault to the tasks that unseal it and keep secrets in it", internal: true },
  metrics: { purpose: "what watches the platform to one another, and to Vault, which it scrapes", internal: true },
  postgres: { purpose: "applications to the database", internal: true },
  redis: { purpose: "applications to Redis", internal: true },
  rabbitmq: { purpose: "applications to the message broker", internal: true },
  objectStorage: {
    purpose: "the S3 server to the task that makes its buckets, where there is no cloud",
    internal: true,
  },
  influxdb: { purpose: "applications to InfluxDB", internal: true },
  egress: { purpose: "the way out for what calls the internet and has no route", internal: false },
} as const satisfies Record<string, TrustBoundary>;

/** The name of a trust boundary. */
export type TrustBoundaryName = keyof typeof TRUST_BOUNDARIES;

/** The names of all trust boundaries. */
export const TRUST_BOUNDARY_NAMES = Object.keys(TRUST_BOUNDARIES) as readonly TrustBoundaryName[];

/** The network of every trust boundary. */
export type TrustNetworkReferences = Readonly<Record<TrustBoundaryName, NetworkReference>>;

/**
 * Makes the network of every trust boundary.
 */
export class TrustNetworks extends Construct {
  readonly references: TrustNetworkReferences;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { prefix } = LayerStack.of(this).environment;
    this.references = byName(TRUST_BOUNDARY_NAMES, (boundary) => {
      const { internal } = TRUST_BOUNDARIES[boundary];
      const name = trustNetworkName(prefix, boundary);
      return new OverlayNetwork(this, separateWords(boundary, "-"), { name, internal }).reference;
    });
  }

  /** The ids of the networks, to hand on to other layers. */
  get ids(): Readonly<Record<TrustBoundaryName, string>> {
    return byName(TRUST_BOUNDARY_NAMES, (name) => this.references[name].id);
  }
}

/**
 * The networks as another layer's stack sees them.
 *
 * @param ids their ids, from the outputs of the layer that made them
 */
export function trustNetworkReferences(
  { prefix }: Environment,
  ids: Readonly<Record<TrustBoundaryName, string>>,
): TrustNetworkReferences {
  return byName(TRUST_BOUNDARY_NAMES, (name) => ({ name: trustNetworkName(prefix, name), id: ids[name] }));
}

/** Docker's name of a trust boundary's network. */
export function trustNetworkName(prefix: string, name: TrustBoundaryName): string {
  return `${prefix}-${separateWords(name, "-")}`;
}
