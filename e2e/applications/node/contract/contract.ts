import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A key of a configuration file. */
export interface ContractKey {
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
  readonly default: unknown;
  /** The variable that wins over the file. */
  readonly env: string | null;
}

/** A configuration file that an application looks for. */
export interface ContractFile {
  readonly path: string;
  readonly format: string;
  readonly required: boolean;
  readonly bakedIntoImage: boolean;
  readonly keys: readonly ContractKey[];
  /** The file whose keys this one may have, too. */
  readonly acceptsAnyKeyOf?: string;
}

/** A secret file. */
export interface ContractSecret {
  readonly path: string;
  readonly purpose: string;
  readonly required: boolean;
  readonly trimmed: boolean;
  readonly note?: string;
}

/** An environment variable. */
export interface ContractVariable {
  readonly name: string;
  readonly required: boolean;
  readonly purpose: string;
  readonly sensitive?: boolean;
}

/** What an application reads. */
export interface ApplicationContract {
  readonly configFiles: readonly ContractFile[];
  readonly secretFiles: readonly ContractSecret[];
  readonly env: readonly ContractVariable[];
}

/** What each application reads, found out from the applications' source. */
export interface Contract {
  readonly services: Readonly<Record<string, ApplicationContract>>;
}

/** The contract that the image has beside the program. */
export function contractBeside(folder: string): Contract {
  return JSON.parse(readFileSync(join(folder, "app-contract.json"), "utf8")) as Contract;
}
