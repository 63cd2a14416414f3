import tokenStackTraces = require("cdktf/lib/tokens/private/stack-trace");

/**
 * Runs something without taking stack traces meanwhile.
 *
 * cdktf takes one for each token, for nobody to see, which is a quarter of the synthesis and more. An
 * error that leaves here has its stack trace, because that is written out when the error is printed.
 */
export function withoutStackTraces(synthesise: () => void): void {
  const { prepareStackTrace } = Error;
  const { captureStackTrace } = tokenStackTraces;
  Error.prepareStackTrace = () => "";
  Object.assign(tokenStackTraces, { captureStackTrace: () => [] });
  try {
    synthesise();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Object.assign(tokenStackTraces, { captureStackTrace });
  }
}
