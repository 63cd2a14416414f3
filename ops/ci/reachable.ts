import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const PORT = 22;
const MOST_TRIES = 24;
const LONGEST_TRY_MILLISECONDS = 3_000;
const PAUSE_MILLISECONDS = 2_000;

/**
 * Waits until SSH answers at an address: a firewall takes a moment until it is everywhere.
 *
 * @returns whether it does, after two minutes at most
 */
export async function answersSsh(address: string): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    if (await connects(address)) {
      return true;
    }
    if (tries === MOST_TRIES) {
      return false;
    }
    await sleep(PAUSE_MILLISECONDS);
  }
}

function connects(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: PORT, timeout: LONGEST_TRY_MILLISECONDS });
    const end = (isConnected: boolean) => {
      socket.destroy();
      resolve(isConnected);
    };
    socket
      .on("connect", () => end(true))
      .on("timeout", () => end(false))
      .on("error", () => end(false));
  });
}
