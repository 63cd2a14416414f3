import { App } from "cdktf";
import type { Environment } from "../config/schema";
import { Layer1 } from "../stacks/layer-1";
import { Layer2 } from "../stacks/layer-2";
import { Platform } from "../stacks/platform";
import { Secrets } from "../stacks/secrets";
import { environment, lanEnvironment, taskEnvironment } from "./environment";
import { images } from "./images";
import { ClientStack } from "./stacks/client";
import { FailingTaskStack } from "./stacks/failing-task";
import { OutsideWorldStack } from "./stacks/outside-world";
import { isMissing } from "./support/describe-with";

/** The stacks that these tests apply. The tests' own have the names of layers that a laptop lacks. */
export type StackName =
  | "e2e-layer-1"
  | "e2e-secrets"
  | "e2e-layer-2"
  | "e2e-offsite"
  | "e2e-foundation"
  | "e2e-platform"
  | "e2e-lan-layer-1"
  | "e2e-task-layer-2";

export interface SynthesisOptions {
  /** @default - where cdktf says */
  readonly outdir?: string;
  /** Images that take the place of the first version's. */
  readonly replaced?: Partial<typeof images>;
  /** What differs from the laptop of the tests. */
  readonly changes?: Partial<Environment>;
}

/**
 * Synthesises the layers as they are, and layers of the tests' own beside them.
 */
export function synthesise({ outdir, replaced = {}, changes = {} }: SynthesisOptions = {}): void {
  const app = new App({ outdir });
  const props = { environment: { ...environment, ...changes }, images: { ...images, ...replaced } };
  new Layer1(app, props);
  new Secrets(app, props);
  new Layer2(app, props);
  new Platform(app, props);
  new Layer1(app, { environment: lanEnvironment, images });
  new OutsideWorldStack(app, props, isMissing("kms") ? undefined : images.kms);
  new ClientStack(app, props);
  new FailingTaskStack(app, { environment: taskEnvironment, images }, images.node);
  app.synth();
}

if (require.main === module) {
  synthesise();
}
