import type { Environment } from "../schema";

/**
 * The two Doppler configs in which people keep what comes from outside: names as the tools read
 * them, and names that become `TF_VAR_…`.
 */
export type DopplerConfig = "tools" | "applications";

/** What a value must look like. */
export interface Shape {
  /** In words, for whoever has to get it right: `72 letters and digits`. */
  readonly description: string;
  /** The same as a regular expression over the whole value, in what RE2 and JavaScript share. */
  readonly pattern: string;
}

interface CommonFacts {
  /** What it is for. */
  readonly purpose: string;
  /** The services that read it. */
  readonly users: readonly string[];
}

/** A value that people bring. */
export interface OperatorSecret extends CommonFacts {
  readonly origin: "operator";
  readonly doppler: DopplerConfig;
  /**
   * Where people get it. `<domain>` stands for the environment's, `<url of auth>` for that of a host,
   * and `<organisation>` for the one in GitHub.
   */
  readonly obtain: string;
  readonly shape: Shape;
  /**
   * Where it goes: into Vault, for the applications; into what Terraform makes, for what is there
   * before Vault; or to Terraform's own backend and providers.
   */
  readonly destination: "vault" | "terraform" | "tools";
  /** Which environments need it. One whose stand-in is good enough does not. */
  readonly neededBy: (environment: Environment) => boolean;
  /**
   * What does not work with a stand-in in its place.
   *
   * @default - it has no stand-in
   */
  readonly feature?: string;
  /**
   * Whether it may be read by anybody.
   *
   * @default false
   */
  readonly harmless?: boolean;
}

/** A value that this project makes up, of letters and digits. */
export interface GeneratedSecret extends CommonFacts {
  readonly origin: "generated";
  /** How many letters and digits. */
  readonly length: number;
  /**
   * Why it cannot be made anew.
   *
   * @default - it can
   */
  readonly fixed?: string;
  /**
   * Whether an environment in the cloud lacks it.
   *
   * @default false
   */
  readonly onlyOutsideCloud?: boolean;
}

/** A value that the cloud's foundation makes, and that is generated where there is no cloud. */
export interface FoundationSecret extends CommonFacts {
  readonly origin: "foundation";
  /** The output of `foundation` that has it. */
  readonly output: string;
  /** The key in that output, where it is a map. */
  readonly key?: string;
  /** How many letters and digits where it is generated, or what it is where it is a mere name. */
  readonly elsewhere: { readonly length: number } | { readonly name: string };
}

/** A value that a data service makes by itself, and that its task puts into Vault. */
export interface ServiceSecret extends CommonFacts {
  readonly origin: "service";
  /** The service that makes it. */
  readonly by: string;
}

/** What lets a program in to Vault, for what it makes by itself. */
export interface VaultSecret extends CommonFacts {
  readonly origin: "vault";
  /** The role in Vault. */
  readonly role: string;
}

/** One secret: what it is for, where it comes from and who reads it. */
export type Secret = OperatorSecret | GeneratedSecret | FoundationSecret | ServiceSecret | VaultSecret;

/** Declares a value that people bring to the applications, by way of Vault. On a laptop a stand-in does. */
export function ofApplications(
  secret: Omit<OperatorSecret, "origin" | "doppler" | "destination" | "neededBy">,
): OperatorSecret {
  return {
    ...secret,
    origin: "operator",
    doppler: "applications",
    destination: "vault",
    neededBy: ({ platform }) => platform !== "laptop",
  };
}

/** Declares a value that people bring to what Terraform makes. */
export function ofTerraform(secret: Omit<OperatorSecret, "origin" | "doppler" | "destination">): OperatorSecret {
  return { ...secret, origin: "operator", doppler: "applications", destination: "terraform" };
}

/** Declares a value that people bring to Terraform's backend or providers. */
export function ofTools(secret: Omit<OperatorSecret, "origin" | "doppler" | "destination">): OperatorSecret {
  return { ...secret, origin: "operator", doppler: "tools", destination: "tools" };
}
