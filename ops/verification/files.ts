import type { ObservedFile, ObservedService } from "../swarm/observation";
import type { Finding } from "./finding";

/** What ends the name of a secret or config: the version of Vault's entry, or a hash of the content. */
const VERSION = /-(v\d+-[0-9a-f]{6}|[0-9a-f]{12})$/;

/**
 * Finds secrets and configs that are not what a deploy would leave behind: such as a service mounts though there is a
 * newer one, and such as nobody mounts.
 */
export function fileFindings(services: readonly ObservedService[], files: readonly ObservedFile[]): readonly Finding[] {
  const mounted = new Set(services.flatMap((service) => service.files));
  const unused = files
    .filter(({ name }) => !mounted.has(name))
    .map(
      ({ name }): Finding => ({ subject: name, state: "failed", message: "nobody mounts it; deploy its layer again" }),
    );
  const outdated = services.flatMap(({ name: service, files: own }) =>
    own.flatMap((name): Finding[] => {
      const newer = newerThan(name, files);
      return newer === undefined
        ? []
        : [
            {
              subject: service,
              state: "failed",
              message: `mounts ${name}, and there is ${newer}; deploy its layer again`,
            },
          ];
    }),
  );
  return [...outdated, ...unused];
}

function newerThan(name: string, files: readonly ObservedFile[]): string | undefined {
  const created = files.find((file) => file.name === name)?.created.getTime() ?? 0;
  const base = name.replace(VERSION, "");
  return files.find((file) => file.name.replace(VERSION, "") === base && file.created.getTime() > created)?.name;
}
