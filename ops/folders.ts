import { join } from "node:path";

/** The project. */
export const PROJECT_FOLDER = join(__dirname, "..");

/** Where cdktf writes each stack to. */
export const STACKS_FOLDER = join(PROJECT_FOLDER, "cdktf.out/stacks");

/** Where states are that are kept here, and what a deploy must remember. */
export const STATE_FOLDER = join(PROJECT_FOLDER, "state");
