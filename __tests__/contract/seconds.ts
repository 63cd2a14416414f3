const SECONDS = { h: 3600, m: 60, s: 1 } as const;

/** The seconds in a duration of Docker's: 90 in `1m30s`. */
export function secondsIn(duration: string): number {
  const parts = [...duration.matchAll(/(\d+)([hms])/g)];
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * SECONDS[unit as keyof typeof SECONDS], 0);
}
