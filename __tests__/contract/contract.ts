import json from "../data/app-contract.json";

/** A key of a configuration file. */
export interface ContractKey {
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
  readonly meaning: string;
  readonly sensitive?: boolean;
}

/** A configuration file, by its path in the container. */
export interface ContractFile {
  readonly path: string;
  readonly format: string;
  readonly required: boolean;
  readonly bakedIntoImage: boolean;
  readonly role: string;
  readonly keys: readonly ContractKey[];
  readonly acceptsAnyKeyOf?: string;
}

/** A file with a secret in it. */
export interface ContractSecretFile {
  readonly path: string;
  readonly required: boolean;
  readonly trimmed: boolean;
}

/** An environment variable. */
export interface ContractVariable {
  readonly name: string;
  readonly required: boolean;
  readonly purpose: string;
  /** The key or the file in whose place it is taken. */
  readonly overrides?: string;
  readonly sensitive?: boolean;
}

/** What a command that migrates the database reads. */
export interface ContractMigrations {
  readonly image: string;
  readonly command: readonly string[];
  readonly workdir: string;
  readonly secretFiles: readonly { readonly path: string }[];
  readonly env: readonly ContractVariable[];
}

/** What an application of known source really reads. */
export interface ContractApplication {
  readonly image: string;
  readonly workdir: string;
  readonly command: { readonly execForm: readonly string[]; readonly execFormWorkdir?: string };
  readonly port: { readonly listen: number } | null;
  readonly health: {
    readonly recommended: { readonly test: readonly string[]; readonly startPeriod: string; readonly timeout: string };
  };
  readonly configFiles: readonly ContractFile[];
  readonly secretFiles: readonly ContractSecretFile[];
  readonly env: readonly ContractVariable[];
  readonly needs: readonly { readonly service: string; readonly tls: string }[];
  readonly migrations: ContractMigrations | null;
  readonly scaling: { readonly safeReplicas: number | string; readonly updateOrder: string };
  readonly writes?: readonly string[];
  readonly bakedFiles?: readonly string[];
}

/** What the applications really read, from their source. */
export interface Contract {
  readonly nodeConfigLookup: { readonly appliesTo: readonly string[] };
  readonly mustBeEqualAcrossServices: readonly string[];
  readonly mustDifferPerService: readonly string[];
  readonly services: Readonly<Record<string, ContractApplication>>;
}

/** An application without source: nobody knows what it reads, and no committed environment has it. */
export const WITHOUT_SOURCE = "elo-service";

/** What the applications of known source really read. */
export const contract: Contract = {
  ...json,
  services: Object.fromEntries(
    Object.entries(json.services).filter(([name]) => name !== WITHOUT_SOURCE),
  ) as unknown as Contract["services"],
};

/** Begins the variables that our own health checks read, and those that are there only to be changed. */
export const OURS = "SPROCKET_";
