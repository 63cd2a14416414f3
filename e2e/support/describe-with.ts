import type { images } from "../images";

/** The environment variable that lists the images, by key, that some tests need and nobody can get here. */
export const MISSING_VARIABLE = "SPROCKET_E2E_MISSING_IMAGES";

/** Whether an image that only some tests need cannot be had here. */
export function isMissing(image: keyof typeof images): boolean {
  return (process.env[MISSING_VARIABLE] ?? "").split(",").includes(image);
}

/** Describes tests that need an image beyond the layers' own; without it they are counted as skipped. */
export function describeWith(image: keyof typeof images): jest.Describe {
  return isMissing(image) ? describe.skip : describe;
}
