/** How somebody, or a terminal that is closed, wants a command to stop. */
export const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What a shell says of a program that Ctrl-C ended. */
export const INTERRUPTED = 130;

/**
 * Says when somebody wants the command to stop, so that it can end what it does in good order. Who wants it twice does
 * not get that.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (controller.signal.aborted) {
        process.exit(INTERRUPTED);
      }
      controller.abort(new Error(`Stopped by ${name}`));
    });
  }
  return controller.signal;
}

/**
 * Waits for something that may be left alone in the middle.
 *
 * @throws the signal's reason when it comes first
 */
export async function unlessStopped<T>(signal: AbortSignal, result: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  return Promise.race([result, stopped]);
}
