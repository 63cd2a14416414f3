import type { ImageFacts } from "./image";

/** An image that others make, as the catalogue names it. */
export interface Entry extends ImageFacts {
  /** The registry's host, always written: the provider finds credentials by it. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
}
