/** A Swarm secret or config as a file in a container. */
export interface FileMount {
  /** A secret's file is the container user's and nobody else's; anybody in the container may read a config's. */
  readonly kind: "secret" | "config";
  /** Docker's id of the secret or config. */
  readonly id: string;
  /** Docker's name of the secret or config; it ends in a version, so that a change rolls the service. */
  readonly name: string;
  /** The file's absolute path in the container. */
  readonly path: string;
}

/** Something that can be mounted as a file. */
export interface MountableFile {
  /** Mounts it at an absolute path. */
  at(path: string): FileMount;
}
