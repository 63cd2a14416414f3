/**
 * One thing that is wrong in something a person wrote.
 */
export interface Fault {
  /** Where: a file and key, or a construct's property. */
  readonly where: string;
  /** What was found, and what would be right. */
  readonly message: string;
}

/**
 * Everything that is wrong with one subject, reported at once.
 */
export class FaultsError extends Error {
  constructor(
    /** What the faults are of, such as a file or a construct's path. */
    readonly subject: string,
    readonly faults: readonly Fault[],
  ) {
    const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
    const lines = faults.map(({ where, message }) => `  - ${where}: ${message}`);
    super([`${subject}: ${count}`, ...lines].join("\n"));
    this.name = "FaultsError";
  }
}

/**
 * Throws when there is any fault, with all of them.
 *
 * @throws FaultsError
 */
export function rejectFaults(subject: string, faults: readonly Fault[]): void {
  if (faults.length > 0) {
    throw new FaultsError(subject, faults);
  }
}
