import { parentDomain } from "../../config/hosts";
import type { Environment } from "../../config/schema";

/** A kind of what exists, that Terraform can take over. */
export interface Kind {
  /** What people call it. Where there are several, each one's own name follows: `droplet.manager-1`. */
  readonly name: string;
  /** Whether an environment may have several. */
  readonly several?: boolean;
  /**
   * What the provider wants to know, made of the id that people find.
   *
   * @default - the id itself
   */
  readonly importId?: (id: string, environment: Environment) => string;
}

const regionAnd = (id: string, { cloud }: Environment) => `${cloud?.region},${id}`;

/**
 * What can be taken over, by the type of its resource. Of the rest, `digitalocean_spaces_key` and
 * `digitalocean_project_resources` cannot be imported by the provider; alerts are made anew, because nothing depends on
 * them.
 */
export const KINDS: Readonly<Record<string, Kind>> = {
  digitalocean_vpc: { name: "vpc" },
  digitalocean_droplet: { name: "droplet", several: true },
  digitalocean_ssh_key: { name: "ssh-key", several: true },
  digitalocean_tag: { name: "tag" },
  digitalocean_volume: { name: "volume" },
  digitalocean_firewall: { name: "firewall" },
  digitalocean_reserved_ip: { name: "reserved-ip" },
  digitalocean_reserved_ip_assignment: { name: "reserved-ip-assignment" },
  digitalocean_domain: { name: "domain" },
  digitalocean_record: {
    name: "record",
    several: true,
    importId: (id, environment) => `${parentDomain(environment)},${id}`,
  },
  digitalocean_database_cluster: { name: "database" },
  // Made anew it would silently replace the rules that there are.
  digitalocean_database_firewall: { name: "database" },
  digitalocean_spaces_bucket: { name: "bucket", several: true, importId: regionAnd },
  digitalocean_spaces_bucket_cors_configuration: { name: "bucket-cors", importId: regionAnd },
  digitalocean_project: { name: "project" },
};
