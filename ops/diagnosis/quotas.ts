import { z } from "zod";
import { hostnameOf, nodesOf } from "../../config/nodes";
import type { Environment } from "../../config/schema";
import { DigitalOcean, type Page, TOKEN_VARIABLE } from "../cloud/digitalocean";
import type { Finding } from "./finding";

/** What the check is about. */
export const QUOTAS = "DigitalOcean's account";
const RIGHTS = "read the account, droplets, volumes and reserved addresses";
const MORE = "ask its support for more, or remove what nobody needs";

const account = z
  .object({
    account: z.object({
      status: z.string(),
      status_message: z.string().default(""),
      droplet_limit: z.number(),
      volume_limit: z.number().optional(),
      reserved_ip_limit: z.number().optional(),
    }),
  })
  .transform(({ account: { status, status_message: reason, ...limits } }) => ({ status, reason, limits }));

const total = z.object({ meta: z.object({ total: z.number() }) }).transform(({ meta }) => meta.total);

const namesPage = z
  .object({
    droplets: z.array(z.object({ name: z.string() })),
    links: z.object({ pages: z.object({ next: z.string().optional() }).optional() }).optional(),
  })
  .transform(
    ({ droplets, links }): Page<string> => ({
      items: droplets.map(({ name }) => name),
      following: links?.pages?.next,
    }),
  );

/** Things of which an account may have so many, and no more. */
interface Quota {
  readonly what: string;
  /** Undefined where DigitalOcean does not say it. */
  readonly limit: number | undefined;
  /** How many an environment still needs. */
  readonly needed: number;
  /** Where those that there are are listed. */
  readonly path: string;
}

/**
 * Whether DigitalOcean would make what an environment still needs. Asks where there is a token, and not for what it does
 * not tell a limit of: sizes, databases, buckets.
 *
 * @throws Error when it does not answer, or not to this token
 */
export async function quotaFindings(environment: Environment): Promise<readonly Finding[]> {
  if (environment.cloud === undefined || !process.env[TOKEN_VARIABLE]) {
    return [];
  }
  const api = new DigitalOcean(RIGHTS);
  const { status, reason, limits } = await api.get("/v2/account", account);
  if (status === "locked") {
    return [{ subject: QUOTAS, state: "failed", message: `is locked: ${reason}`, remedy: "write to its support" }];
  }
  const machines = await missingMachines(api, environment);
  // The foundation makes them together with the machine that they are for.
  const withData = machines.includes(dataMachine(environment)) ? 1 : 0;
  const quotas: readonly Quota[] = [
    { what: "droplets", limit: limits.droplet_limit, needed: machines.length, path: "/v2/droplets" },
    { what: "volumes", limit: limits.volume_limit, needed: withData, path: "/v2/volumes" },
    { what: "reserved addresses", limit: limits.reserved_ip_limit, needed: withData, path: "/v2/reserved_ips" },
  ];
  const findings = await Promise.all(quotas.map((quota) => findingsOf(api, quota)));
  return [accountFinding(status, reason), ...findings.flat()];
}

/** The hostnames of the machines that are declared and not there. */
async function missingMachines(api: DigitalOcean, environment: Environment): Promise<readonly string[]> {
  const there = await api.list(`/v2/droplets?per_page=100&tag_name=${environment.prefix}`, namesPage);
  return nodesOf(environment)
    .map((node) => hostnameOf(node, environment))
    .filter((name) => !there.includes(name));
}

function dataMachine(environment: Environment): string {
  return hostnameOf(nodesOf(environment)[0], environment);
}

async function findingsOf(api: DigitalOcean, { what, limit, needed, path }: Quota): Promise<readonly Finding[]> {
  if (needed === 0 || limit === undefined) {
    return [];
  }
  const has = await api.get(`${path}?per_page=1`, total);
  const message = `${has} of at most ${limit} are there, and ${needed} more are needed`;
  return has + needed > limit
    ? [{ subject: what, state: "failed", message, remedy: MORE }]
    : [{ subject: what, state: "ok", message }];
}

function accountFinding(status: string, reason: string): Finding {
  return status === "active"
    ? { subject: QUOTAS, state: "ok", message: "is active" }
    : {
        subject: QUOTAS,
        state: "warning",
        message: `is in the state "${status}": ${reason}`,
        remedy: "sign in and see",
      };
}
