import { Domain } from "@cdktf/provider-digitalocean/lib/domain";
import { Record as DnsRecord, type RecordConfig } from "@cdktf/provider-digitalocean/lib/record";
import { Construct } from "constructs";
import { parentDomain } from "../../config/hosts";
import { LayerStack } from "../terraform/layer-stack";
import { lifecycleOfKept } from "./lifecycle-of-kept";

/** Seconds for which the world may remember a record: how long a change of the address takes at most. */
const TIME_TO_LIVE = 300;
const AUTHORITY = "letsencrypt.org.";

export interface DnsZoneProps {
  /** The IPv4 address of every public host. */
  readonly ipAddress: string;
}

/** The zone of the environment's domain: every public host leads to one address, and one authority may sign for it. */
export class DnsZone extends Construct {
  /** The provider's resource. */
  readonly resource: Domain;

  constructor(scope: Construct, id: string, { ipAddress }: DnsZoneProps) {
    super(scope, id);
    this.resource = new Domain(this, "Resource", {
      name: parentDomain(LayerStack.of(this).environment),
      lifecycle: lifecycleOfKept(),
    });
    this.record("apex", { type: "A", name: "@", value: ipAddress });
    this.record("wildcard", { type: "A", name: "*", value: ipAddress });
    for (const tag of ["issue", "issuewild"]) {
      this.record(`authority-${tag}`, { type: "CAA", name: "@", value: AUTHORITY, flags: 0, tag });
    }
  }

  private record(id: string, config: Omit<RecordConfig, "domain" | "ttl">): void {
    new DnsRecord(this, id, { domain: this.resource.name, ttl: TIME_TO_LIVE, ...config });
  }
}
