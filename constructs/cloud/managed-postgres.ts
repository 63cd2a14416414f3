import { DataDigitaloceanDatabaseCa } from "@cdktf/provider-digitalocean/lib/data-digitalocean-database-ca";
import { DatabaseCluster } from "@cdktf/provider-digitalocean/lib/database-cluster";
import { DatabaseFirewall } from "@cdktf/provider-digitalocean/lib/database-firewall";
import { Construct } from "constructs";
import { POSTGRES_MAJOR_VERSION } from "../../config/data/postgres";
import { LayerStack } from "../terraform/layer-stack";
import { cloudOf } from "./cloud-of";
import type { Machines } from "./machines";
import { isProtected } from "./protected";

export interface ManagedPostgresProps {
  /** The private network's id. */
  readonly network: string;
  /** The only ones that may connect. */
  readonly machines: Machines;
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

  constructor(scope: Construct, id: string, { network, machines }: ManagedPostgresProps) {
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
      lifecycle: isProtected(["name"]),
    });
    new DatabaseFirewall(this, "firewall", {
      clusterId: this.resource.id,
      rule: [{ type: "tag", value: machines.tag }],
      // A tag exists once something has it.
      dependsOn: [machines.first],
    });
    this.caCertificate = new DataDigitaloceanDatabaseCa(this, "ca", { clusterId: this.resource.id }).certificate;
  }
}
