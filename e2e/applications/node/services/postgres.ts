import { setTimeout as pause } from "node:timers/promises";
import { Pool, type Settings } from "pg";
import { complain, report } from "./report";

const ATTEMPTS = 9;
const PAUSE_MILLISECONDS = 3000;
/** To these core speaks in clear; to any other server only by TLS, with whatever certificate. */
const CLEAR_HOSTS = ["postgres", "localhost"];

/** How core connects to a host. */
export function sslOf(host: string): Settings["ssl"] {
  return CLEAR_HOSTS.includes(host) ? false : { rejectUnauthorized: false };
}

/** Connections to a database, opened when they are needed. */
export function poolOf(settings: Settings): Pool {
  const pool = new Pool({ connectionTimeoutMillis: 5000, ...settings });
  pool.on("error", (error) => complain("a connection to PostgreSQL is lost", error));
  return pool;
}

/**
 * Waits for a database, though not for ever.
 *
 * @throws Error when it still cannot be reached after half a minute
 */
export async function reached(pool: Pool): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await pool.query("SELECT 1");
      report("connected to PostgreSQL");
      return;
    } catch (error) {
      complain(`PostgreSQL, attempt ${attempt} of ${ATTEMPTS}`, error);
      if (attempt === ATTEMPTS) {
        throw error;
      }
      await pause(PAUSE_MILLISECONDS);
    }
  }
}
