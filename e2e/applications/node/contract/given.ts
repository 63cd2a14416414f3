import { configurationOf, mainFileOf } from "./configuration";
import type { ApplicationContract } from "./contract";
import type { Surroundings } from "./surroundings";
import { at } from "./tree";

/** What an application was given, once it is known to be right. */
export class Given {
  readonly #contract: ApplicationContract;
  readonly #surroundings: Surroundings;

  constructor(contract: ApplicationContract, surroundings: Surroundings) {
    this.#contract = contract;
    this.#surroundings = surroundings;
  }

  /** A text of the configuration. */
  text(path: string): string {
    return String(this.#value(path));
  }

  /** A number of the configuration. */
  number(path: string): number {
    return Number(this.#value(path));
  }

  /** A switch of the configuration. */
  flag(path: string): boolean {
    return this.#value(path) === true;
  }

  /** Whether a secret file is there, for those that need not be. */
  hasSecret(name: string): boolean {
    return this.#surroundings.has(this.#secret(name).path);
  }

  /** What a secret file says, by its name. */
  secret(name: string): string {
    const { path, trimmed } = this.#secret(name);
    const content = this.#surroundings.read(path);
    return trimmed ? content.trim() : content;
  }

  #secret(name: string) {
    const secret = this.#contract.secretFiles.find(({ path }) => path.endsWith(`/${name}`));
    if (secret === undefined) {
      throw new Error(`the contract knows no secret file ${name}`);
    }
    return secret;
  }

  #value(path: string): unknown {
    const key = mainFileOf(this.#contract).keys.find((candidate) => candidate.path === path);
    if (key === undefined) {
      throw new Error(`the contract knows no key ${path}`);
    }
    return at(configurationOf(this.#contract, this.#surroundings), path) ?? key.default;
  }
}
