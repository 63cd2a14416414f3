/** An error that says to people all they need: what failed, why, and what to do next. Its text may have many lines. */
export class OperatorError extends Error {
  /**
   * @param exitCode what the command ends with
   */
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}
