import { lookup } from "node:dns/promises";
import type { Environment } from "../../config/schema";
import { made, reasonOf } from "./check";
import type { Finding } from "./finding";

/** What a name leads to, or why nobody could say. */
export type Resolved = { readonly addresses: readonly string[] } | { readonly refusal: string };

/** Asks what the public hosts lead to; browsers know those of a laptop by themselves. */
export async function nameFindings(environment: Environment, hosts: readonly string[]): Promise<readonly Finding[]> {
  if (environment.hosts.kind === "localhost") {
    return [];
  }
  const findings = hosts.map((host) =>
    made({ subject: host, ask: async () => [nameFinding(environment, host, await resolved(host))] }),
  );
  return (await Promise.all(findings)).flat();
}

/** Whether a public host leads to where it should. */
export function nameFinding({ hosts }: Pick<Environment, "hosts">, host: string, found: Resolved): Finding {
  const remedy =
    hosts.kind === "address"
      ? "use a resolver that asks the internet for sslip.io, and that does not refuse private addresses in an answer"
      : "make a record of it at the domain's name servers that leads to the machine";
  if ("refusal" in found) {
    return { subject: host, state: "failed", message: `does not resolve: ${found.refusal}`, remedy };
  }
  const leads = `leads to ${found.addresses.join(", ")}`;
  return hosts.kind === "address" && !found.addresses.includes(hosts.address)
    ? { subject: host, state: "failed", message: `${leads}, and should lead to ${hosts.address}`, remedy }
    : { subject: host, state: "ok", message: leads };
}

async function resolved(host: string): Promise<Resolved> {
  return lookup(host, { all: true }).then(
    (found) => ({ addresses: found.map(({ address }) => address) }),
    (error: unknown) => ({ refusal: reasonOf(error) }),
  );
}
