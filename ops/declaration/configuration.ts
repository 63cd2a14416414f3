import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { imagesOf } from "../../config/images/catalogue";
import { OVERRIDES_VARIABLE, withOverrides } from "../../config/images/overrides";
import type { Environment } from "../../config/schema";
import { withoutStackTraces } from "../../constructs/terraform/stack-traces";
import { addEnvironment } from "../../stacks/environment-stacks";

/**
 * What synthesis writes for every stack of an environment, to the letter and by the stack's name. Leaves no file behind.
 *
 * @throws FaultsError for a file of overrides that is not as it should be
 * @throws Error where a rule of the program is broken
 */
export function configurationsOf(environment: Environment): Readonly<Record<string, string>> {
  const images = withOverrides(imagesOf(environment), process.env[OVERRIDES_VARIABLE]);
  const outdir = mkdtempSync(join(tmpdir(), "sprocket-configuration-"));
  try {
    const app = new App({ outdir });
    withoutStackTraces(() => {
      addEnvironment(app, { environment, images });
      app.synth();
    });
    const stacks = Object.values(app.manifest.stacks);
    return Object.fromEntries(
      stacks.map(({ name, synthesizedStackPath }) => [name, readFileSync(join(outdir, synthesizedStackPath), "utf8")]),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
