import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Puts shell scripts into a folder, in place of programs of the machine.
 *
 * @returns the value of `PATH` with which they are found first
 */
export function programsIn(folder: string, programs: Readonly<Record<string, string>>): string {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o700 });
  }
  return `${bin}:${process.env.PATH}`;
}
