import type { Environment } from "../config/schema";

/** Where `ops`, Terraform and people find the Vault of an environment: on this machine, in the cloud through a tunnel. */
export function vaultAddress({ ports }: Environment): string {
  return `http://127.0.0.1:${ports.vault}`;
}
