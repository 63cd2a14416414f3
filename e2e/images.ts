import { imageCatalogue } from "../config/images/catalogue";
import type { Image } from "../config/images/image";
import { OVERRIDES_VARIABLE, withOverrides } from "../config/images/overrides";

/** An image that only these tests run, in place of an application or of a cloud's service. */
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

/**
 * What these tests run: the catalogue, and a stand-in that the override file may name as well.
 *
 * - `kms`: AWS KMS on port 5000, with a key of the id that the variable `KMS_KEY_ID` holds
 */
export const images = withOverrides({ ...imageCatalogue, kms: standIn("kms:none") }, process.env[OVERRIDES_VARIABLE]);
