/** The version of the image. `crashes` and `unhealthy` are what they are called. */
export const VERSION = process.env.VERSION ?? "none";

/** Whether the image is one that never becomes healthy. */
export const IS_UNHEALTHY = VERSION === "unhealthy";

/**
 * Ends a version that is to crash at its start.
 *
 * @throws Error in that version
 */
export function crashIfThatIsTheVersion(): void {
  if (VERSION === "crashes") {
    throw new Error("this version crashes at its start");
  }
}
