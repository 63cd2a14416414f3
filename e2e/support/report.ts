import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { WORK_FOLDER } from "./work-folder";

export const REPORT_FILE = join(WORK_FOLDER, "measured.txt");

/** Keeps a measurement, to be printed at the end of the run. */
export function measured(what: string, value: string): void {
  appendFileSync(REPORT_FILE, `${what}: ${value}\n`);
}
