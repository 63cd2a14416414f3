import { z } from "zod";
import { nodesOf } from "../../config/nodes";
import type { Environment } from "../../config/schema";
import { DigitalOcean, TOKEN_VARIABLE } from "../cloud/digitalocean";
import { DigitalOceanRefusal } from "../cloud/refusal";
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
      // Told only to a token that may read what they are of.
      droplet_limit: z.number().optional(),
      volume_limit: z.number().optional(),
      reserved_ip_limit: z.number().optional(),
      floating_ip_limit: z.number().optional(),
    }),
  })
  .transform(({ account: { status, status_message: reason, ...limits } }) => ({
    status,
    reason,
    droplets: limits.droplet_limit,
    volumes: limits.volume_limit,
    // Their former name is the one that DigitalOcean documents.
    addresses: limits.reserved_ip_limit ?? limits.floating_ip_limit,
  }));

const total = z.object({ meta: z.object({ total: z.number() }) }).transform(({ meta }) => meta.total);

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
 * @throws Error when it does not answer
 */
export async function quotaFindings(environment: Environment): Promise<readonly Finding[]> {
  if (environment.cloud === undefined || !process.env[TOKEN_VARIABLE]) {
    return [];
  }
  try {
    return await findingsFrom(new DigitalOcean(RIGHTS), environment);
  } catch (error) {
    if (error instanceof DigitalOceanRefusal) {
      const { answer, advice: remedy } = error;
      return [{ subject: QUOTAS, state: "unknown", message: `could not ask: ${answer}`, remedy }];
    }
    throw error;
  }
}

async function findingsFrom(api: DigitalOcean, environment: Environment): Promise<readonly Finding[]> {
  const { status, reason, ...limits } = await api.get("/v2/account", account);
  if (status === "locked") {
    return [{ subject: QUOTAS, state: "failed", message: `is locked: ${reason}`, remedy: "write to its support" }];
  }
  // By their tag, because what was made by hand and adopted keeps its name.
  const machines = await api.get(`/v2/droplets?per_page=1&tag_name=${environment.prefix}`, total);
  // The foundation makes them together with the first machine.
  const withFirst = machines === 0 ? 1 : 0;
  const quotas: readonly Quota[] = [
    {
      what: "droplets",
      limit: limits.droplets,
      needed: nodesOf(environment).length - machines,
      path: "/v2/droplets",
    },
    { what: "volumes", limit: limits.volumes, needed: withFirst, path: "/v2/volumes" },
    { what: "reserved addresses", limit: limits.addresses, needed: withFirst, path: "/v2/reserved_ips" },
  ];
  const findings = await Promise.all(quotas.map((quota) => findingsOf(api, quota)));
  return [accountFinding(status, reason), ...findings.flat()];
}

async function findingsOf(api: DigitalOcean, { what, limit, needed, path }: Quota): Promise<readonly Finding[]> {
  if (needed <= 0 || limit === undefined) {
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
