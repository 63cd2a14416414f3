import { Secret } from "@cdktf/provider-docker/lib/secret";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { LayerStack } from "../terraform/layer-stack";
import { isReference, validate } from "../terraform/validation";
import type { FileMount, MountableFile } from "./file-mount";
import { LONGEST_BASE_NAME, versionedName } from "./versioned-name";

export interface SwarmSecretProps {
  /**
   * A reference to the value: a sensitive variable, a generated password, another layer's output.
   * Never the value itself, which would be in the synthesised JSON.
   */
  readonly value: string;
  /**
   * What is another when the value is, to end its name in: at most 12 letters, digits and hyphens.
   *
   * @default - a hash of the value
   */
  readonly version?: string;
}

/**
 * A file that services mount and nobody else sees.
 *
 * Its name ends in its version. A changed value makes a new secret, rolls the services that mount
 * it, and only then removes the old one. The value is in Terraform's state.
 */
export class SwarmSecret extends Construct implements MountableFile {
  /** The provider's resource. */
  readonly resource: Secret;

  /**
   * @throws FaultsError when the value is written out instead of referred to
   */
  constructor(scope: Construct, id: string, { value, version }: SwarmSecretProps) {
    super(scope, id);
    validate(this, [
      {
        where: "value",
        broken: !isReference(value),
        message: "it is written out and would be in the synthesised JSON; refer to a variable or a generated value",
      },
    ]);
    const name = LayerStack.of(this).swarmName(this, LONGEST_BASE_NAME);
    this.resource = new Secret(this, "Resource", {
      name: version === undefined ? versionedName(name, value, { sensitive: true }) : `${name}-${version}`,
      data: Fn.base64encode(value),
      lifecycle: { createBeforeDestroy: true },
    });
  }

  at(path: string): FileMount {
    return { kind: "secret", id: this.resource.id, name: this.resource.name, path };
  }
}
