import { setTimeout as sleep } from "node:timers/promises";
import { within } from "../diagnosis/check";

const LONGEST_ANSWER_SECONDS = 20;
const PAUSE_SECONDS = 1;

/**
 * What an engine answers. A connection that died in the meantime would be waited for without end.
 *
 * @throws Error when it takes too long
 */
export async function answered<T>(answer: Promise<T>): Promise<T> {
  return within(LONGEST_ANSWER_SECONDS, answer);
}

/**
 * Asks again every second until something is so.
 *
 * @param seconds how long at most, the answers included
 * @returns whether it is so
 */
export async function becomes(seconds: number, isSo: () => Promise<boolean>): Promise<boolean> {
  for (let left = seconds; left > 0; left -= PAUSE_SECONDS) {
    const asked = performance.now();
    if (await orLate(left, isSo())) {
      return true;
    }
    left -= (performance.now() - asked) / 1000;
    await sleep(PAUSE_SECONDS * 1000);
  }
  return false;
}

/** An answer, or no where none comes in time. */
async function orLate(seconds: number, answer: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), seconds * 1000);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
