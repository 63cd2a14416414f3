import { setTimeout as sleep } from "node:timers/promises";

const PAUSE_MILLISECONDS = 250;

/**
 * Waits until something holds.
 *
 * @param what it is, for the error
 * @param seconds how long to wait at most
 * @param holds whether it does; throwing means not yet
 * @returns after how many seconds it held
 * @throws Error when it does not hold in time, with the last thing that went wrong
 */
export async function eventually(what: string, seconds: number, holds: () => Promise<boolean>): Promise<number> {
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  let last: unknown;
  while (elapsed() < seconds) {
    try {
      if (await holds()) {
        return elapsed();
      }
    } catch (error) {
      last = error;
    }
    await sleep(PAUSE_MILLISECONDS);
  }
  throw new Error(`not within ${seconds} s: ${what}`, { cause: last });
}
