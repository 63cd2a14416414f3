/** The environment variable that lists the images, by key, that some tests need and nobody can get here. */
export const MISSING_VARIABLE = "SPROCKET_E2E_MISSING_IMAGES";

/** Describes tests that need an image beyond Layer 1's own; without it they are counted as skipped. */
export function describeWith(image: "kms" | "oauth2Proxy"): jest.Describe {
  const missing = (process.env[MISSING_VARIABLE] ?? "").split(",");
  return missing.includes(image) ? describe.skip : describe;
}
