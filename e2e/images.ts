import { APPLICATION_NAMES, type ApplicationName } from "../config/applications";
import { imagesOf } from "../config/images/catalogue";
import type { Image } from "../config/images/image";
import { observabilityEntries } from "../config/images/observability";
import { OVERRIDES_VARIABLE, withOverrides } from "../config/images/overrides";
import { standInTag, WATCHER_TAG } from "./applications/tags";
import { environment } from "./environment";
import { isMissing } from "./support/describe-with";

/** An image that only these tests run, in place of a cloud's service. */
function standIn(reference: string): Image {
  return {
    reference,
    why: "stands in for something in tests",
    architectures: "unknown",
    user: { uid: 1000, gid: 1000 },
    capabilities: [],
    writablePaths: ["/tmp"],
    healthCommand: ["CMD", "true"],
    hasShell: true,
    everRun: false,
  };
}

const catalogue = imagesOf(environment);
const NO_CEPH = "ceph:none";

/** Stand-ins for applications, run as the applications themselves would be. */
export function standIns(
  versions: Readonly<Partial<Record<ApplicationName, string>>>,
): Readonly<Partial<Record<ApplicationName, Image>>> {
  const named = Object.entries(versions) as [ApplicationName, string][];
  return Object.fromEntries(
    named.map(([name, version]) => [name, { ...catalogue[name], reference: standInTag(name, version) }]),
  );
}

/** The version of the stand-ins that is deployed first. */
export const FIRST_VERSION = "1";

const everyApplication = Object.fromEntries(APPLICATION_NAMES.map((name) => [name, FIRST_VERSION]));

/** What watches the rest. Only its own tests need it. */
export const WATCHERS = Object.keys(observabilityEntries) as readonly (keyof typeof observabilityEntries)[];

/** Where one of them cannot be had, something that only answers is in its place, so that everything else is as ever. */
const standInWatchers = Object.fromEntries(
  WATCHERS.filter(isMissing).map((key) => [
    key,
    { ...catalogue[key], reference: WATCHER_TAG, healthCommand: ["CMD", "true"] } satisfies Image,
  ]),
);

/**
 * What these tests run: the catalogue, with stand-ins for the applications, and what the override file may name as well.
 *
 * - `ceph`: Ceph's object gateway on port 7480, with a user `lab` of the key in `ROOT_ACCESS_KEY` and
 *   `ROOT_SECRET_KEY`; has `radosgw-admin`
 * - `kms`: AWS KMS on port 5000, with a key of the id that the variable `KMS_KEY_ID` holds
 * - `python`: Python 3, which the stand-in for the replay parser is built on
 */
export const images = {
  ...withOverrides(
    {
      ...catalogue,
      ...standIns(everyApplication),
      ceph: standIn(NO_CEPH),
      kms: standIn("kms:none"),
      python: standIn("docker.io/library/python:3.12-slim"),
    },
    process.env[OVERRIDES_VARIABLE],
  ),
  ...standInWatchers,
};

/** Whether there is a Ceph: no registry has an image of it that does all this by itself. */
export const hasCeph = images.ceph.reference !== NO_CEPH;
