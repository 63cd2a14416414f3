import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { withoutStackTraces } from "../../constructs/terraform/stack-traces";

/**
 * Makes stacks that are looked at and never written.
 *
 * @returns the app that they are in
 */
export function inMemory(addStacks: (app: App) => void): App {
  // An App makes the folder of its result at once.
  const outdir = mkdtempSync(join(tmpdir(), "sprocket-declaration-"));
  try {
    const app = new App({ outdir });
    withoutStackTraces(() => addStacks(app));
    return app;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
