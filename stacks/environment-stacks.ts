import type { App } from "cdktf";
import type { LayerStackProps } from "../constructs/terraform/layer-stack";
import { Foundation } from "./foundation";
import { Layer1 } from "./layer-1";
import { Layer2 } from "./layer-2";
import { Offsite } from "./offsite";
import { Platform } from "./platform";
import { Secrets } from "./secrets";

/**
 * Makes every layer of an environment that has something in it, in the order of deployment.
 */
export function addEnvironment(app: App, props: LayerStackProps): void {
  if (props.environment.platform === "cloud") {
    new Offsite(app, props);
    new Foundation(app, props);
  }
  new Layer1(app, props);
  new Secrets(app, props);
  new Layer2(app, props);
  new Platform(app, props);
}
