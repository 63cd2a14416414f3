import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// Stands in for ops/folders.ts, by jest.mock, so that no test works on the states of this very folder.

export const PROJECT_FOLDER = mkdtempSync(join(tmpdir(), "sprocket-test-"));
export const STACKS_FOLDER = join(PROJECT_FOLDER, "stacks");
export const STATE_FOLDER = join(PROJECT_FOLDER, "state");
export const stateFile = (name: string) => join(STATE_FOLDER, name);

/** Has nothing in them, as at first. */
export function emptyFolders(): void {
  for (const folder of [STACKS_FOLDER, STATE_FOLDER]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
  }
}

emptyFolders();
afterAll(() => rmSync(PROJECT_FOLDER, { recursive: true }));
