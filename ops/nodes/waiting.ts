import { setTimeout as sleep } from "node:timers/promises";

/**
 * Asks again every second until something is so.
 *
 * @param seconds how often at most
 * @returns whether it is so
 */
export async function becomes(seconds: number, isSo: () => Promise<boolean>): Promise<boolean> {
  for (let asked = 1; ; asked += 1) {
    if (await isSo()) {
      return true;
    }
    if (asked >= seconds) {
      return false;
    }
    await sleep(1000);
  }
}
