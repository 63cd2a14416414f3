const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Says when somebody wants the command to stop, so that it can end what it does in good order. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of SIGNALS) {
    process.on(name, () => controller.abort(new Error(`Stopped by ${name}`)));
  }
  return controller.signal;
}
