/** A gibibyte, in bytes. */
export const GIBIBYTE = 1024 ** 3;

/** An amount of memory or space for people, such as `2.9 GiB`. */
export function gibibytes(bytes: number): string {
  return `${(bytes / GIBIBYTE).toFixed(1)} GiB`;
}
