import { z } from "zod";
import type { Environment } from "../../config/schema";
import type { DigitalOcean, Page } from "../cloud/digitalocean";

const FIREWALLS = "/v2/firewalls";
const MILLISECONDS_PER_HOUR = 3_600_000;
/** No job takes so long. */
const LONGEST_HOURS = 2;

const links = z.object({ pages: z.object({ next: z.string().optional() }).optional() }).optional();

const firewallsPage = z
  .object({ firewalls: z.array(z.object({ id: z.string(), name: z.string(), created_at: z.coerce.date() })), links })
  .transform(
    (page): Page<Door> => ({
      items: page.firewalls.map(({ id, name, created_at: created }) => ({ id, name, created })),
      following: page.links?.pages?.next,
    }),
  );

const dropletsPage = z
  .object({
    droplets: z.array(
      z.object({ networks: z.object({ v4: z.array(z.object({ ip_address: z.ipv4(), type: z.string() })) }) }),
    ),
    links,
  })
  .transform(
    (page): Page<string> => ({
      items: page.droplets.flatMap(({ networks }) =>
        networks.v4.filter(({ type }) => type === "public").map(({ ip_address: address }) => address),
      ),
      following: page.links?.pages?.next,
    }),
  );

/** A firewall of CI's own, which lets a job reach the machines by SSH. */
export interface Door {
  readonly id: string;
  readonly name: string;
  readonly created: Date;
}

/** What the firewall of a job is called. */
export function doorName({ prefix }: Environment, job: string): string {
  return `${prefix}-ci-${job}`;
}

/** The firewalls that jobs of an environment opened and have not closed. */
export async function doorsOf(api: DigitalOcean, environment: Environment): Promise<readonly Door[]> {
  const firewalls = await api.list(`${FIREWALLS}?per_page=100`, firewallsPage);
  return firewalls.filter(({ name }) => name.startsWith(doorName(environment, "")));
}

/** Whether a firewall is of a job that was killed before it closed it. */
export function isLeftOver({ created }: Door, now: Date): boolean {
  return now.getTime() - created.getTime() > LONGEST_HOURS * MILLISECONDS_PER_HOUR;
}

/**
 * Lets one address reach every machine of an environment by SSH, and forbids nothing: what several firewalls allow adds up.
 *
 * @param address an IPv4 address
 */
export async function openDoor(
  api: DigitalOcean,
  environment: Environment,
  job: string,
  address: string,
): Promise<void> {
  await api.create(FIREWALLS, {
    name: doorName(environment, job),
    tags: [environment.prefix],
    inbound_rules: [{ protocol: "tcp", ports: "22", sources: { addresses: [`${address}/32`] } }],
  });
}

/** Takes a firewall away. It may be gone already. */
export async function closeDoor(api: DigitalOcean, { id }: Door): Promise<void> {
  await api.delete(`${FIREWALLS}/${id}`);
}

/** The public addresses of an environment's machines. */
export async function machineAddresses(api: DigitalOcean, { prefix }: Environment): Promise<readonly string[]> {
  return api.list(`/v2/droplets?per_page=100&tag_name=${prefix}`, dropletsPage);
}
