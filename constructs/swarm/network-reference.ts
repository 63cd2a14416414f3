/**
 * A network that a service joins, made in this stack or read from another layer's outputs.
 */
export interface NetworkReference {
  /** Docker's name for it. */
  readonly name: string;
  /** Docker's id for it. Services join by id: by name, every plan would replace them. */
  readonly id: string;
  /**
   * Further names by which the joining service is known on this network.
   *
   * @default - the service's name alone
   */
  readonly aliases?: readonly string[];
}
