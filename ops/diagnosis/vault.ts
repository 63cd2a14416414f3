import type { Environment } from "../../config/schema";
import { vaultAddress } from "../vault-address";
import { reasonOf } from "./check";
import { type Engine, isInSwarm } from "./engine";
import type { Finding } from "./finding";

/** What the check is about. */
export const VAULT = "Vault";
/** What is found of a Vault that nobody initialised. */
export const NOT_INITIALISED = "is not initialised";
const LONGEST_SECONDS = 8;

/** What Vault answered about its health: a status, or nothing and why. */
export type Health = { readonly status: number } | { readonly refusal: string };

/** Asks Vault how it is, where there is one already. */
export async function vaultFindings(
  environment: Environment,
  { docker }: Pick<Engine, "docker">,
): Promise<readonly Finding[]> {
  return (await isInSwarm(docker, `${environment.prefix}-vault`))
    ? [vaultFinding(environment, await health(environment))]
    : [{ subject: VAULT, state: "ok", message: "is not deployed yet" }];
}

/** Whether Vault would give Terraform what it is asked for. */
export function vaultFinding(environment: Environment, found: Health): Finding {
  const { name, platform, prefix, ports } = environment;
  if ("refusal" in found) {
    return {
      subject: VAULT,
      state: "unknown",
      message: `could not ask at ${vaultAddress(environment)}: ${found.refusal}`,
      remedy:
        platform === "cloud"
          ? `open the SSH tunnel: ssh -L ${ports.vault}:127.0.0.1:${ports.vault} user@machine`
          : `docker service ps --no-trunc ${prefix}-traefik says how the way in to it is`,
    };
  }
  switch (found.status) {
    case 200:
      return { subject: VAULT, state: "ok", message: "is unsealed" };
    case 501:
      return {
        subject: VAULT,
        state: "failed",
        message: NOT_INITIALISED,
        remedy: platform === "cloud" ? initialising(name) : unsealing(platform, prefix),
      };
    case 503:
      return { subject: VAULT, state: "failed", message: "is sealed", remedy: unsealing(platform, prefix) };
    default:
      return { subject: VAULT, state: "unknown", message: `answers ${found.status} about its health` };
  }
}

/** It hands out keys that are shown once, so a person does it and nothing else meanwhile. */
function initialising(name: string): string {
  return `npm run ops -- vault init ${name} says what it does, and hands out keys and a first token; then deploy with that one in VAULT_TOKEN`;
}

function unsealing(platform: Environment["platform"], prefix: string): string {
  return platform === "cloud"
    ? `KMS unseals it: see in docker service logs ${prefix}-vault whether its key and its account are still good`
    : `the bootstrap task unseals it: see why it does not in docker service logs ${prefix}-vault-bootstrap`;
}

async function health(environment: Environment): Promise<Health> {
  try {
    const { status } = await fetch(`${vaultAddress(environment)}/v1/sys/health?standbyok=true`, {
      redirect: "manual",
      signal: AbortSignal.timeout(LONGEST_SECONDS * 1000),
    });
    return { status };
  } catch (error) {
    return { refusal: reasonOf(error) };
  }
}
