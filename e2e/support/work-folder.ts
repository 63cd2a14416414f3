import { join } from "node:path";

/** Where everything that a run makes is, outside version control. */
export const WORK_FOLDER = join(__dirname, "..", ".work");

/** Where the stacks are synthesised; their states are beside it. */
export const OUTPUT_FOLDER = join(WORK_FOLDER, "cdktf.out");

/** Where a stack's state is, once it was applied. */
export function stateFileOf(stack: string): string {
  return join(WORK_FOLDER, "state", `${stack}.tfstate`);
}
