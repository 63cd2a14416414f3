import { cpSync } from "node:fs";
import { join } from "node:path";
import { APPLICATION_NAMES, type ApplicationName } from "../../config/applications";
import { bundled } from "./build/bundle";
import { buildFolder, writeContext } from "./build/context";
import { dockerBuild } from "./build/docker-build";
import { SOURCES } from "./build/folders";
import { nodeImage } from "./build/node-image";
import { pythonImage } from "./build/python-image";
import { pythonPackages } from "./build/python-packages";
import { standInTag } from "./tags";

/** The images that the stand-ins are made from. */
export interface ApplicationBases {
  /** Node.js 18 or newer, with a shell, and with `wget` or `curl`. */
  readonly node: string;
  /** Python 3.10 or newer, with Bash. */
  readonly python: string;
}

export interface BuildOptions {
  /**
   * What the images say that they are. `crashes` ends at its start; `unhealthy` never becomes healthy, where that is asked
   * by HTTP.
   *
   * @default "1"
   */
  readonly version?: string;
  /**
   * Whether core's image has one more migration, which fails.
   *
   * @default false
   */
  readonly brokenMigration?: boolean;
  /**
   * The applications to build.
   *
   * @default - all
   */
  readonly only?: readonly ApplicationName[];
}

/** A dump of a database in which applications and migrations find what they do not make themselves. */
export const DUMP_FILE = join(SOURCES, "dump.sql");

/**
 * Builds the stand-ins of the applications, on this machine and for it.
 *
 * @returns the images' references by the applications' names
 * @throws Error when one cannot be built
 */
export async function buildApplications(
  bases: ApplicationBases,
  { version = "1", brokenMigration = false, only = APPLICATION_NAMES }: BuildOptions = {},
): Promise<Readonly<Record<string, string>>> {
  const program = await bundled(join(SOURCES, "node", "main.ts"));
  return Object.fromEntries(
    await Promise.all(
      only.map(async (name) => {
        const folder = buildFolder(`${name}-${version}`);
        if (name === "replay-parse-service") {
          writeContext(folder, pythonImage(bases.python));
          cpSync(await pythonPackages(), join(folder, "packages"), { recursive: true });
        } else {
          writeContext(folder, await nodeImage(name, bases.node, program, brokenMigration));
        }
        const tag = standInTag(name, version);
        await dockerBuild(folder, tag, version);
        return [name, tag] as const;
      }),
    ),
  );
}
