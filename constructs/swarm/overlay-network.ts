import { Network } from "@cdktf/provider-docker/lib/network";
import { Construct } from "constructs";
import type { NetworkReference } from "./network-reference";

export interface OverlayNetworkProps {
  /** Docker's name for it. */
  readonly name: string;
  /**
   * Whether services on this network alone cannot reach the internet.
   *
   * @default true
   */
  readonly internal?: boolean;
}

/**
 * A network of the Swarm that only services may join.
 */
export class OverlayNetwork extends Construct {
  readonly reference: NetworkReference;
  /** The provider's resource. */
  readonly resource: Network;

  constructor(scope: Construct, id: string, { name, internal = true }: OverlayNetworkProps) {
    super(scope, id);
    this.resource = new Network(this, "Resource", { name, driver: "overlay", internal, attachable: false });
    this.reference = { name, id: this.resource.id };
  }
}
