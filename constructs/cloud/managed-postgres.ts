import { DataDigitaloceanDatabaseCa } from "@cdktf/provider-digitalocean/lib/data-digitalocean-database-ca";
import { DatabaseCluster } from "@cdktf/provider-digitalocean/lib/database-cluster";
import { DatabaseFirewall } from "@cdktf/provider-digitalocean/lib/database-firewall";
import { Construct } from "constructs";
import { POSTGRES_MAJOR_VERSION } from "../../config/data/postgres";
import { LayerStack } from "../terraform/layer-stack";
import { cloudOf } from "./cloud-of";
import { lifecycleOfKept } from "./lifecycle-of-kept";

export interface ManagedPostgresProps {
  /** The private network's id. */
  readonly network: string;
  /** The tag of the machines, which are the only ones that may connect. */
  readonly tag: string;
}

/**
 * The managed PostgreSQL cluster, which is backed up daily and encrypted. Its databases and roles are made by a task of
 * Layer 2 (docs/decisions/0020-database-roles.md).
 */
export class ManagedPostgres extends Construct {
  /** The provider's resource. */
  readonly resource: DatabaseCluster;
  /** Certificate of the authority that signs the cluster's, in PEM. */
  readonly caCertificate: string;

  constructor(scope: Construct, id: string, { network, tag }: ManagedPostgresProps) {
    super(scope, id);
    const { region, database } = cloudOf(this);
    this.resource = new DatabaseCluster(this, "Resource", {
      name: LayerStack.of(this).swarmName(this),
      engine: "pg",
      version: String(POSTGRES_MAJOR_VERSION),
      size: database.size,
      region,
      nodeCount: 1,
      privateNetworkUuid: network,
      maintenanceWindow: [
        { day: database.maintenance.day, hour: `${String(database.maintenance.hour).padStart(2, "0")}:00:00` },
      ],
      lifecycle: lifecycleOfKept(["name"]),
    });
    new DatabaseFirewall(this, "firewall", {
      clusterId: this.resource.id,
      rule: [{ type: "tag", value: tag }],
    });
    this.caCertificate = new DataDigitaloceanDatabaseCa(this, "ca", { clusterId: this.resource.id }).certificate;
  }
}
