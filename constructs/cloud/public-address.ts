import { ReservedIp } from "@cdktf/provider-digitalocean/lib/reserved-ip";
import { ReservedIpAssignment } from "@cdktf/provider-digitalocean/lib/reserved-ip-assignment";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { cloudOf } from "./cloud-of";
import { lifecycleOfKept } from "./lifecycle-of-kept";
import type { Machines } from "./machines";

export interface PublicAddressProps {
  readonly machines: Machines;
}

/** The address that the world knows, which outlives the machine that it leads to. */
export class PublicAddress extends Construct {
  readonly ipAddress: string;
  /** The provider's resource. */
  readonly resource: ReservedIp;

  constructor(scope: Construct, id: string, { machines }: PublicAddressProps) {
    super(scope, id);
    this.resource = new ReservedIp(this, "Resource", { region: cloudOf(this).region, lifecycle: lifecycleOfKept() });
    this.ipAddress = this.resource.ipAddress;
    new ReservedIpAssignment(this, "assignment", {
      ipAddress: this.ipAddress,
      dropletId: Token.asNumber(machines.first.id),
    });
  }
}
