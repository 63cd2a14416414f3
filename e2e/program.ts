import { App } from "cdktf";
import { Layer1 } from "../stacks/layer-1";
import { environment, lanEnvironment } from "./environment";
import { images } from "./images";
import { FailingTaskStack } from "./stacks/failing-task";
import { KmsSealedVaultStack } from "./stacks/kms-sealed-vault";
import type { WebRelease } from "./stacks/web";
import { WebStack } from "./stacks/web";

/** The stacks that these tests apply. */
export type StackName = "e2e-layer-1" | "e2e-platform" | "e2e-layer-2" | "e2e-secrets" | "e2e-lan-layer-1";

/** The release that is deployed first. */
export const firstRelease: WebRelease = { image: images.node, version: "1", message: "hello" };

/**
 * Synthesises Layer 1 as it is, and layers of the tests' own above it.
 *
 * @param outdir where to; undefined means where cdktf says
 */
export function synthesise(outdir?: string, release: WebRelease = firstRelease): void {
  const app = new App({ outdir });
  const props = { environment, images };
  new Layer1(app, props);
  new Layer1(app, { environment: lanEnvironment, images });
  new WebStack(app, props, release);
  new FailingTaskStack(app, props, images.node);
  new KmsSealedVaultStack(app, props, images.kms);
  app.synth();
}

if (require.main === module) {
  synthesise();
}
