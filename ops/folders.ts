import { mkdirSync } from "node:fs";
import { join } from "node:path";

/** The project. */
export const PROJECT_FOLDER = join(__dirname, "..");

/** Where cdktf writes each stack to. */
export const STACKS_FOLDER = join(PROJECT_FOLDER, "cdktf.out/stacks");

const STATE_FOLDER = join(PROJECT_FOLDER, "state");

/** A file beside the states that are kept here, in a folder that is made where it is missing. */
export function stateFile(name: string): string {
  mkdirSync(STATE_FOLDER, { recursive: true });
  return join(STATE_FOLDER, name);
}
