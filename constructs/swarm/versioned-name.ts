import { Fn, Token } from "cdktf";

const HASH_LENGTH = 12;
/** Docker's limit for the names of secrets and configs, less the hash and its hyphen. */
export const LONGEST_BASE_NAME = 64 - HASH_LENGTH - 1;

/**
 * A name that changes with the content, because Swarm's secrets and configs cannot change.
 *
 * @param content text, or a token of it
 * @param options.sensitive whether the content is secret: then the hash, of which 48 bits show, is
 * declared harmless on purpose, so that the name can be read in a plan
 */
export function versionedName(base: string, content: string, { sensitive }: { sensitive: boolean }): string {
  const hash = Fn.substr(Fn.sha256(content), 0, HASH_LENGTH);
  return `${base}-${Token.asString(sensitive ? Fn.nonsensitive(hash) : hash)}`;
}
