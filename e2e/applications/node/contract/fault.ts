/** Something that an application was not given as its contract says. */
export interface Fault {
  /** The key, file or variable. */
  readonly about: string;
  readonly text: string;
}
