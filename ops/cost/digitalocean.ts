import { ASSUMED } from "./assumptions";
import { type Bill, type Billing, billBySize, type Resource } from "./billing";
import { DATABASE_PRICES, DIGITALOCEAN_PRICES, DROPLET_PRICES, SPACES_INCLUDED_GIBIBYTES } from "./prices";

const { volume, spaces, spacesBeyond, uptimeCheck, idleAddress } = DIGITALOCEAN_PRICES;
const PART_OF_SPACES = "Spaces is paid by its subscription and what it holds";

/** How what DigitalOcean gives is billed, by Terraform's types. */
export const DIGITALOCEAN_BILLING: Readonly<Record<string, Billing>> = {
  digitalocean_droplet: {
    bill: (droplet) => billBySize(droplet.arguments.size, DROPLET_PRICES, "DROPLET_PRICES"),
    unpriced: ["backups", "backup_policy"],
  },
  digitalocean_volume: { bill: volumeBill },
  digitalocean_database_cluster: { bill: databaseBill, unpriced: ["storage_size_mib", "autoscale"] },
  digitalocean_spaces_bucket: { bill: spacesBill },
  digitalocean_uptime_check: {
    bill: () => ({
      charges: [
        {
          price: uptimeCheck,
          quantity: 1,
          note: "an account's first is free, and counted as if another environment had it",
        },
      ],
    }),
  },
  digitalocean_reserved_ip: { bill: addressBill },
  digitalocean_reserved_ip_assignment: { free: "it makes the address free" },
  digitalocean_database_firewall: { free: "the cluster is paid" },
  digitalocean_spaces_bucket_cors_configuration: { free: PART_OF_SPACES },
  digitalocean_spaces_key: { free: PART_OF_SPACES },
  digitalocean_uptime_alert: { free: "the check is paid" },
  digitalocean_monitor_alert: { free: "DigitalOcean's monitoring costs nothing" },
  digitalocean_vpc: { free: "private networks cost nothing" },
  digitalocean_firewall: { free: "cloud firewalls cost nothing" },
  digitalocean_domain: { free: "DigitalOcean's DNS costs nothing; the name itself is paid to a registrar" },
  digitalocean_record: { free: "DigitalOcean's DNS costs nothing" },
  digitalocean_ssh_key: { free: "it is only kept" },
  digitalocean_tag: { free: "it is only a name" },
  digitalocean_project: { free: "it only orders what is paid" },
  digitalocean_project_resources: { free: "it only orders what is paid" },
};

function volumeBill({ arguments: { size } }: Resource): Bill {
  return typeof size === "number"
    ? { charges: [{ price: volume, quantity: size, note: `${size} GiB` }] }
    : { unknown: `its size is ${JSON.stringify(size)}; give it one in GiB that is known before the deployment` };
}

function databaseBill({ arguments: { engine, node_count: nodes, size } }: Resource): Bill {
  if (engine !== "pg" || nodes !== 1) {
    return {
      unknown: `DATABASE_PRICES of ops/cost/prices.ts is of PostgreSQL with one node, and this is ${engine} with ${nodes}; write a table for it, and use it in ops/cost/digitalocean.ts`,
    };
  }
  return billBySize(size, DATABASE_PRICES, "DATABASE_PRICES");
}

function spacesBill(): Bill {
  const beyond = ASSUMED.spacesGibibytes - SPACES_INCLUDED_GIBIBYTES;
  return {
    charges: [
      { price: spaces, quantity: 1, note: "paid once for the account", oncePerAccount: true },
      ...(beyond > 0 ? [{ price: spacesBeyond, quantity: beyond, note: `${beyond} GiB`, oncePerAccount: true }] : []),
    ],
  };
}

function addressBill({ layer, id, arguments: { droplet_id: droplet } }: Resource): Bill {
  const reference = `\${digitalocean_reserved_ip.${id}.ip_address}`;
  const assignments = Object.values(layer.resources.digitalocean_reserved_ip_assignment ?? {});
  const isAssigned = droplet !== undefined || assignments.some(({ ip_address: address }) => address === reference);
  return { charges: isAssigned ? [] : [{ price: idleAddress, quantity: 1 }] };
}
