import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { TlsProvider } from "@cdktf/provider-tls/lib/provider";
import { VaultProvider } from "@cdktf/provider-vault/lib/provider";
import type { LayerStack } from "./layer-stack";

/** The bindings would pin 3.6.2, which replaces a service for every change of a label. */
const DOCKER_PROVIDER_VERSION = "3.9.0";

/**
 * Lets a stack talk to a Docker engine.
 *
 * @param host where it is, such as `ssh://deploy@203.0.113.7`; undefined means the machine's own
 */
export function useDocker(stack: LayerStack, host?: string): void {
  new DockerProvider(stack, "docker", {
    host,
    // A host that was made minutes ago is not known yet; one that changed its key is refused.
    sshOpts: host === undefined ? undefined : ["-o", "StrictHostKeyChecking=accept-new"],
  });
  stack.addOverride("terraform.required_providers.docker.version", DOCKER_PROVIDER_VERSION);
}

/** Lets a stack generate passwords. */
export function useRandom(stack: LayerStack): void {
  new RandomProvider(stack, "random");
}

/** Lets a stack issue certificates. */
export function useTls(stack: LayerStack): void {
  new TlsProvider(stack, "tls");
}

/** Where a stack finds Vault, and as whom it signs in. */
export interface VaultAccess {
  /** URL of its API, as the machine that runs Terraform reaches it. */
  readonly address: string;
  /**
   * A user and a reference to the password.
   *
   * @default - the token in the environment variable `VAULT_TOKEN`
   */
  readonly user?: { readonly name: string; readonly password: string };
}

/** Lets a stack arrange Vault from the inside, or read from it. */
export function useVault(stack: LayerStack, { address, user }: VaultAccess): void {
  new VaultProvider(stack, "vault", {
    address,
    authLoginUserpass: user && [{ username: user.name, password: user.password }],
  });
}
