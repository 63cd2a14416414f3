/** Who may sign in to machines. */
interface SshKeys {
  readonly keys: Readonly<Record<string, string>>;
  readonly ciKey?: string | undefined;
}

/** Every public key with its owner: people by their names, and CI. */
export function keysWithOwners({ keys, ciKey }: SshKeys): readonly (readonly [owner: string, key: string])[] {
  const people = Object.entries(keys);
  return ciKey === undefined ? people : [...people, ["ci", ciKey]];
}
