import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DigitaloceanProvider } from "@cdktf/provider-digitalocean/lib/provider";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { TlsProvider } from "@cdktf/provider-tls/lib/provider";
import { VaultProvider } from "@cdktf/provider-vault/lib/provider";
import { sshOptions } from "../../config/known-hosts";
import type { LayerStack } from "./layer-stack";

/** The bindings would pin 3.6.2, which replaces a service for every change of a label. */
const DOCKER_PROVIDER_VERSION = "3.9.0";

/**
 * Lets a stack talk to a Docker engine.
 *
 * @param host where it is, such as `ssh://deploy@203.0.113.7`; undefined means the machine's own
 * @param knownHosts the file with the host keys that are accepted, as a path from the folder in which Terraform runs;
 * undefined means that a host that is not known yet is believed, and one that changed its key is refused
 */
export function useDocker(stack: LayerStack, host?: string, knownHosts?: string): void {
  new DockerProvider(stack, "docker", {
    host,
    sshOpts: host === undefined ? undefined : [...sshOptions(knownHosts)],
  });
  stack.addOverride("terraform.required_providers.docker.version", DOCKER_PROVIDER_VERSION);
}

/**
 * Lets a stack arrange DigitalOcean, by what the environment variables `DIGITALOCEAN_TOKEN`, `SPACES_ACCESS_KEY_ID` and
 * `SPACES_SECRET_ACCESS_KEY` hold.
 */
export function useDigitalOcean(stack: LayerStack): void {
  new DigitaloceanProvider(stack, "digitalocean");
}

/** As whom a stack arranges AWS. */
export interface AwsAccess {
  readonly region: string;
  /** References to the two halves of a key. */
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Lets a stack arrange AWS. In the environment variables `AWS_*` are Spaces' keys, so its own come as variables. */
export function useAws(stack: LayerStack, { region, accessKeyId, secretAccessKey }: AwsAccess): void {
  new AwsProvider(stack, "aws", {
    region,
    accessKey: accessKeyId,
    secretKey: secretAccessKey,
    defaultTags: [{ tags: { environment: stack.environment.name } }],
  });
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
