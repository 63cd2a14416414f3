import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { selectEnvironments } from "../../config/environments";
import { imagesOf } from "../../config/images/catalogue";
import { LayerStack } from "../../constructs/terraform/layer-stack";
import { withoutStackTraces } from "../../constructs/terraform/stack-traces";
import { addEnvironment } from "../../stacks/environment-stacks";
import type { TerraformJson } from "./testing";
import "./tokens";

/** A stack with the JSON that was written for it. */
export interface SynthesisedStack {
  /** The stack's name, such as `local-layer-1`. */
  readonly name: string;
  readonly stack: LayerStack;
  /** Without cdktf's own remarks. */
  readonly json: TerraformJson;
}

/** Everything that a synthesis leaves behind. */
export interface Synthesis {
  readonly stacks: readonly SynthesisedStack[];
  /** The text of every file, by its path below the folder that it was written to. */
  readonly files: Readonly<Record<string, string>>;
  /** The folder that it was written to, which is gone. */
  readonly folder: string;
}

/**
 * Synthesises every stack of environments, as `main.ts` does.
 *
 * @param environments every committed one, unless told otherwise
 */
export function synthesiseEverything(environments = selectEnvironments(undefined)): Synthesis {
  const folder = temporaryFolder();
  try {
    const app = new App({ outdir: folder });
    withoutStackTraces(() => {
      for (const environment of environments) {
        addEnvironment(app, { environment, images: imagesOf(environment) });
      }
      app.synth();
    });
    const files = filesIn(folder);
    const stacks = app.node.children
      .filter((child) => child instanceof LayerStack)
      .map((stack) => ({ name: stack.node.id, stack, json: withoutRemarks(files[jsonPath(stack.node.id)]) }));
    return { stacks, files, folder };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A new and empty folder of the machine. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "sprocket-test-"));
}

/** The text of every file below a folder, by its path below it. */
export function filesIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)).sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

function jsonPath(stackName: string): string {
  return `stacks/${stackName}/cdk.tf.json`;
}

function withoutRemarks(text = "{}"): TerraformJson {
  return JSON.parse(text, (key, value) => (key === "//" ? undefined : value));
}
