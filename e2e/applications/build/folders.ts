import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the sources of the stand-ins are. */
export const SOURCES = join(__dirname, "..");

/** The facts that the stand-ins check, and the unit tests too. */
export const CONTRACT_FILE = join(SOURCES, "..", "..", "__tests__", "data", "app-contract.json");

/** The files of a folder by the paths at which an image has them. */
export function filesAt(target: string, folder: string, rename = (name: string) => name): Record<string, Uint8Array> {
  return Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [join(target, rename(name)), readFileSync(join(folder, name))]),
  );
}
