import { createHash } from "node:crypto";

const TYPE = "ssh-ed25519";

/** The key by which a machine proves to ssh that it is the one. */
export interface HostKey {
  /** The addresses at which it is met. */
  readonly addresses: readonly string[];
  /** The key itself, in base64. */
  readonly key: string;
  /** What the machine is called. */
  readonly name: string;
}

/** What people compare, as `ssh-keygen -l` writes it. */
export function fingerprintOf(key: string): string {
  const hash = createHash("sha256").update(Buffer.from(key, "base64")).digest("base64");
  return `SHA256:${hash.replace(/=+$/, "")}`;
}

/** The keys in a file that ssh reads as `UserKnownHostsFile`, or that `ssh-keyscan` prints. */
export function readHostKeys(text: string): readonly HostKey[] {
  return text.split("\n").flatMap((line) => {
    const [addresses = "", type, key, name = ""] = line.split(" ");
    return type === TYPE && key !== undefined ? [{ addresses: addresses.split(","), key, name }] : [];
  });
}

/** A file that ssh reads as `UserKnownHostsFile`. */
export function writtenHostKeys(keys: readonly HostKey[]): string {
  return keys.map(({ addresses, key, name }) => `${addresses.join(",")} ${TYPE} ${key} ${name}\n`).join("");
}
