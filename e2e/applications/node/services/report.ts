/** Says on the log what happened. */
export function report(what: string): void {
  console.log(`${new Date().toISOString()} ${what}`);
}

/** Says on the log what went wrong. */
export function complain(what: string, error: unknown): void {
  console.error(`${new Date().toISOString()} ${what}: ${messageOf(error)}`);
}

/** What an error says, and what it says was behind it; Node.js gives several at once for a host with several addresses. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError) {
    return error.errors.map(messageOf).join("; ");
  }
  if (!(error instanceof Error)) {
    return String(error);
  }
  return error.cause === undefined ? error.message : `${error.message}: ${messageOf(error.cause)}`;
}
