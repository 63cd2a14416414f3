import { Firewall, type FirewallInboundRule } from "@cdktf/provider-digitalocean/lib/firewall";
import { Construct } from "constructs";
import { LayerStack } from "../terraform/layer-stack";
import { cloudOf } from "./cloud-of";

const EVERYWHERE = ["0.0.0.0/0", "::/0"];
const ALL_PORTS = "all";
/** What machines of a Swarm say to each other: who is in charge, who is there, and what containers say. */
const SWARM_PORTS = [
  ["tcp", "2377"],
  ["tcp", "7946"],
  ["udp", "7946"],
  ["udp", "4789"],
] as const;

export interface CloudFirewallProps {
  /** The tag of the machines. By ids it would stand before ten of them at most, and only once they are there. */
  readonly tag: string;
}

/**
 * Who reaches the machines: anybody by HTTP, named addresses by SSH, and each other. CI has a firewall of its own beside
 * this one while a job runs (`ops ci open`).
 */
export class CloudFirewall extends Construct {
  /** The provider's resource. */
  readonly resource: Firewall;

  constructor(scope: Construct, id: string, { tag }: CloudFirewallProps) {
    super(scope, id);
    const { environment } = LayerStack.of(this);
    const { addresses, ssh } = cloudOf(this);
    const { http, https } = environment.ports;
    const inbound = (protocol: string, portRange: string, sourceAddresses: readonly string[]): FirewallInboundRule => ({
      protocol,
      portRange,
      sourceAddresses: [...sourceAddresses],
    });
    this.resource = new Firewall(this, "Resource", {
      name: environment.prefix,
      tags: [tag],
      inboundRule: [
        inbound("tcp", "22", ssh.sources),
        ...[http, https].map((port) => inbound("tcp", String(port), EVERYWHERE)),
        ...SWARM_PORTS.map(([protocol, port]) => inbound(protocol, port, [addresses])),
        { protocol: "icmp", sourceAddresses: [addresses] },
      ],
      outboundRule: [
        ...["tcp", "udp"].map((protocol) => ({
          protocol,
          portRange: ALL_PORTS,
          destinationAddresses: EVERYWHERE,
        })),
        { protocol: "icmp", destinationAddresses: EVERYWHERE },
      ],
    });
  }
}
