/** A Linux capability that a container keeps after all others were dropped. */
export type Capability = "CHOWN" | "DAC_OVERRIDE" | "FOWNER" | "IPC_LOCK" | "NET_BIND_SERVICE" | "SETGID" | "SETUID";

/**
 * What is known of an image apart from where it is.
 */
export interface ImageFacts {
  /** Why this version and not a newer or another one. */
  readonly why: string;
  /** The architectures its index lists; "unknown" where nobody could look. */
  readonly architectures: readonly string[] | "unknown";
  /** Whom its processes run as. Files that they must read are owned by it. */
  readonly user: { readonly uid: number; readonly gid: number };
  /** What its processes need of the kernel beyond nothing. */
  readonly capabilities: readonly Capability[];
  /**
   * The folders it writes outside its volumes: each becomes a tmpfs on a read-only root.
   * `"anywhere"` where its root cannot be read-only.
   */
  readonly writablePaths: readonly string[] | "anywhere";
  /**
   * Its health command with tools that are in the image, in Docker's form (`CMD …`, `CMD-SHELL …`); empty where the
   * image has none that could ask.
   */
  readonly healthCommand: readonly string[];
  /**
   * Files in it that configurations refer to, by what they are.
   *
   * @default - none
   */
  readonly files?: Readonly<Record<string, string>>;
  /**
   * What this version of the program has to be told, in the terms of its configuration.
   *
   * @default - nothing
   */
  readonly settings?: Readonly<Record<string, string>>;
  /** Whether it has `/bin/sh`. */
  readonly hasShell: boolean;
  /** Whether this project ever ran it for real, rather than a stand-in of the same program. */
  readonly everRun: boolean;
}

/**
 * An image that services can run.
 */
export interface Image extends ImageFacts {
  /** What Swarm is given: `registry/repository:tag@digest`. */
  readonly reference: string;
}

/** Whether an image's reference ends in a digest, so that it means the same bytes everywhere and always. */
export function isPinned({ reference }: Image): boolean {
  return reference.includes("@sha256:");
}
