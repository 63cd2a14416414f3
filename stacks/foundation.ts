import { Tag } from "@cdktf/provider-digitalocean/lib/tag";
import { Vpc } from "@cdktf/provider-digitalocean/lib/vpc";
import type { Construct } from "constructs";
import { BUCKET_NAMES, BUCKET_USER_NAMES } from "../config/data/object-storage";
import { publicUrl } from "../config/hosts";
import { DEPLOY_USER } from "../config/nodes";
import { LABELS } from "../constructs/apps/labels";
import { AccountProject } from "../constructs/cloud/account-project";
import { CloudFirewall } from "../constructs/cloud/cloud-firewall";
import { cloudOf } from "../constructs/cloud/cloud-of";
import { DataVolume } from "../constructs/cloud/data-volume";
import { DnsZone } from "../constructs/cloud/dns-zone";
import { lifecycleOfKept } from "../constructs/cloud/lifecycle-of-kept";
import { Machines } from "../constructs/cloud/machines";
import { ManagedPostgres } from "../constructs/cloud/managed-postgres";
import { OutsideAlerts } from "../constructs/cloud/outside-alerts";
import { PublicAddress } from "../constructs/cloud/public-address";
import { Spaces } from "../constructs/cloud/spaces";
import { byName } from "../constructs/terraform/by-name";
import { LayerStack, type LayerStackProps } from "../constructs/terraform/layer-stack";
import { useDigitalOcean } from "../constructs/terraform/providers";
import { foundationOutputs } from "./outputs";

/**
 * What DigitalOcean gives: machines with a Swarm, a database, buckets, and the names that lead to them.
 */
export class Foundation extends LayerStack {
  constructor(scope: Construct, props: LayerStackProps) {
    super(scope, "foundation", props);
    useDigitalOcean(this);
    const network = this.addNetwork();
    const volume = new DataVolume(this, "data");
    const { name: tag } = new Tag(this, "tag", { name: this.environment.prefix });
    const firewall = new CloudFirewall(this, "firewall", { tag });
    const machines = new Machines(this, "Default", { network, volume: volume.resource, tag, firewall });
    const address = new PublicAddress(this, "public", { machines });
    const zone = new DnsZone(this, "domain", { ipAddress: address.ipAddress });
    const postgres = new ManagedPostgres(this, "postgres", { network, tag });
    const spaces = new Spaces(this, "spaces", {
      corsOrigin: publicUrl(this.environment, LABELS["image-generation-frontend"]),
    });
    new OutsideAlerts(this, "alert", {
      url: publicUrl(this.environment, LABELS.web),
      machines: machines.all.map(({ id }) => id),
      database: postgres.resource.id,
    });
    const inProject = [
      ...machines.all,
      volume.resource,
      address.resource,
      zone.resource,
      postgres.resource,
      ...Object.values(spaces.buckets),
    ];
    new AccountProject(this, "project", { urns: inProject.map(({ urn }) => urn) });
    foundationOutputs.publish(this, {
      dockerHost: `ssh://${DEPLOY_USER}@${address.ipAddress}`,
      publicAddress: address.ipAddress,
      publicAddresses: machines.all.map(({ ipv4Address }) => ipv4Address),
      privateAddresses: machines.all.map(({ ipv4AddressPrivate }) => ipv4AddressPrivate),
      databaseHost: postgres.resource.privateHost,
      databasePort: postgres.resource.port,
      databaseCaCertificate: postgres.caCertificate,
      databaseAdminUser: postgres.resource.user,
      databaseAdminPassword: postgres.resource.password,
      spacesHost: spaces.host,
      buckets: byName(BUCKET_NAMES, (name) => spaces.buckets[name].name),
      spacesAccessKeyIds: byName(BUCKET_USER_NAMES, (user) => spaces.keys[user].accessKey),
      spacesSecretAccessKeys: byName(BUCKET_USER_NAMES, (user) => spaces.keys[user].secretKey),
    });
  }

  /** @returns the private network's id */
  private addNetwork(): string {
    const { region, addresses } = cloudOf(this);
    return new Vpc(this, "network", {
      name: this.environment.prefix,
      region,
      ipRange: addresses,
      lifecycle: lifecycleOfKept(),
    }).id;
  }
}
