import { Config } from "@cdktf/provider-docker/lib/config";
import { Fn, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { LayerStack } from "../terraform/layer-stack";
import { literal } from "../terraform/literal";
import type { FileMount, MountableFile } from "./file-mount";
import { LONGEST_BASE_NAME, versionedName } from "./versioned-name";

export interface SwarmConfigProps {
  /** The file's text; tokens in it are resolved, everything else is taken as it stands. */
  readonly content: string;
}

/**
 * A file that services mount and anybody may read.
 *
 * Its name ends in a hash of its text. A changed text makes a new config, rolls the services that
 * mount it, and only then removes the old one.
 */
export class SwarmConfig extends Construct implements MountableFile {
  /** The provider's resource. */
  readonly resource: Config;

  constructor(scope: Construct, id: string, { content }: SwarmConfigProps) {
    super(scope, id);
    const name = LayerStack.of(this).swarmName(this, LONGEST_BASE_NAME);
    // A local shows the text as it is in the synthesised JSON, where `data` alone would not.
    const text = new TerraformLocal(this, "Default", literal(content)).asString;
    this.resource = new Config(this, "Resource", {
      name: versionedName(name, text, { sensitive: false }),
      data: Fn.base64encode(text),
      lifecycle: { createBeforeDestroy: true },
    });
  }

  at(path: string): FileMount {
    return { kind: "config", id: this.resource.id, name: this.resource.name, path };
  }
}
