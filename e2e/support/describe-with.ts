import type { ImageKey } from "../../config/images/catalogue";

/** The environment variable that lists the images, by key, that some tests need and nobody can get here. */
export const MISSING_VARIABLE = "SPROCKET_E2E_MISSING_IMAGES";

/** An image that these tests run. */
export type TestImageKey = ImageKey | "kms" | "python";

/** Whether an image that only some tests need cannot be had here. */
export function isMissing(image: TestImageKey): boolean {
  return (process.env[MISSING_VARIABLE] ?? "").split(",").includes(image);
}

/** Describes tests that need images beyond the layers' own; without one of them they are counted as skipped. */
export function describeWith(...needed: readonly TestImageKey[]): jest.Describe {
  return needed.some(isMissing) ? describe.skip : describe;
}
