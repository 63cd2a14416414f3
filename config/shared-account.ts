import { overlap } from "./address-range";
import type { Fault } from "./faults";
import type { Cloud, Environment } from "./schema";

/** An environment that is right by itself. */
export interface CheckedFile {
  /** The name of its file in `config/environments/`. */
  readonly file: string;
  readonly environment: Environment;
}

/** What environments of one account at DigitalOcean cannot have both. */
export function sharedAccountFaults(checked: readonly CheckedFile[]): readonly Fault[] {
  const clouds = checked.flatMap(({ file, environment: { cloud } }) => (cloud === undefined ? [] : [{ file, cloud }]));
  return clouds.flatMap(({ file, cloud }, index) =>
    clouds.slice(0, index).flatMap((earlier) => [
      ...(overlap(cloud.addresses, earlier.cloud.addresses)
        ? [
            {
              where: `${file}.ts cloud.addresses`,
              message: `got "${cloud.addresses}", which shares addresses with ${earlier.file}.ts's; write another range`,
            },
          ]
        : []),
      ...keysOf(cloud)
        .filter(([, key]) => keysOf(earlier.cloud).some(([, other]) => other === key))
        .map(([owner]) => ({
          where: `${file}.ts cloud.ssh.${owner}`,
          message: `got a key of ${earlier.file}.ts's, and DigitalOcean takes a key once; write one that is for this environment alone`,
        })),
    ]),
  );
}

function keysOf({ ssh: { keys, ciKey } }: Cloud): readonly (readonly [string, string])[] {
  const people = Object.entries(keys).map(([owner, key]) => [`keys.${owner}`, key] as const);
  return ciKey === undefined ? people : [...people, ["ciKey", ciKey]];
}
