import type { Finding } from "./finding";
import { inWords, isWithin } from "./versions";

/**
 * Whether Node.js is of a version that the program was written for.
 *
 * @param range the versions, as in `package.json`
 */
export function nodeFinding(version: string, range: string): Finding {
  return isWithin(version, range)
    ? { subject: "Node.js", state: "ok", message: version }
    : { subject: "Node.js", state: "failed", message: `is ${version}`, remedy: `install Node.js ${inWords(range)}` };
}
