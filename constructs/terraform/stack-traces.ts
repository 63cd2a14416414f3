/**
 * Runs something without writing stack traces out meanwhile.
 *
 * cdktf asks for one with each token, for nobody to see, and mapping them all back to TypeScript
 * takes a quarter of the synthesis. An error that leaves here has its stack trace, because that is
 * written out when the error is printed.
 */
export function withoutStackTraces(synthesise: () => void): void {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = () => "";
  try {
    synthesise();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}
