import { Droplet } from "@cdktf/provider-digitalocean/lib/droplet";
import { SshKey } from "@cdktf/provider-digitalocean/lib/ssh-key";
import type { Volume } from "@cdktf/provider-digitalocean/lib/volume";
import { Construct } from "constructs";
import { hostnameOf, nodesOf, type SwarmNode } from "../../config/nodes";
import { keysWithOwners } from "../../config/ssh-keys";
import { LayerStack } from "../terraform/layer-stack";
import { literal } from "../terraform/literal";
import type { CloudFirewall } from "./cloud-firewall";
import { cloudInit } from "./cloud-init";
import { cloudOf } from "./cloud-of";
import { lifecycleOfKept } from "./lifecycle-of-kept";

const IMAGE = "debian-13-x64";
/** What counts for a new machine alone: another value would make an existing one anew, with all that is on it. */
const SETTLED_AT_BIRTH = ["image", "ssh_keys", "user_data"];

export interface MachinesProps {
  /** The private network's id. */
  readonly network: string;
  /** The volume of the machine that keeps the data. */
  readonly volume: Volume;
  /** The tag of all machines of the environment, and of nothing else. */
  readonly tag: string;
  /** What stands before whatever has the tag. No machine is made before it is there. */
  readonly firewall: CloudFirewall;
}

/**
 * The machines of a Swarm, which cloud-init makes of a bare Debian. The first begins the Swarm; the others join it by
 * `ops nodes join`, because what admits them is a secret.
 */
export class Machines extends Construct {
  /** The one that keeps the data and has the public address. */
  readonly first: Droplet;
  /** All of them, in the order of {@link nodesOf}. */
  readonly all: readonly Droplet[];

  constructor(scope: Construct, id: string, { network, volume, tag, firewall }: MachinesProps) {
    super(scope, id);
    const { environment } = LayerStack.of(this);
    const { droplet: size, region, ssh } = cloudOf(this);
    const keys = keysWithOwners(ssh).map(
      ([owner, publicKey]) =>
        new SshKey(this, `key-${owner}`, { name: `${environment.prefix}-${owner}`, publicKey }).fingerprint,
    );
    const make = (node: SwarmNode) =>
      new Droplet(this, node.name, {
        name: hostnameOf(node, environment),
        image: IMAGE,
        size,
        region,
        vpcUuid: network,
        // Without one DigitalOcean sends a password for root by mail.
        sshKeys: keys,
        monitoring: true,
        tags: [tag],
        dependsOn: [firewall.resource],
        userData: literal(cloudInit(node, { ssh, vaultPort: environment.ports.vault })),
        volumeIds: node.keepsData ? [volume.id] : undefined,
        lifecycle: node.keepsData ? lifecycleOfKept(SETTLED_AT_BIRTH) : { ignoreChanges: SETTLED_AT_BIRTH },
      });
    const [first, ...others] = nodesOf(environment);
    this.first = make(first);
    this.all = [this.first, ...others.map(make)];
  }
}
