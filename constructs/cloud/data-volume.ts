import { Volume } from "@cdktf/provider-digitalocean/lib/volume";
import { Construct } from "constructs";
import { LayerStack } from "../terraform/layer-stack";
import { VOLUME_LABEL } from "./cloud-init";
import { cloudOf } from "./cloud-of";
import { lifecycleOfKept } from "./lifecycle-of-kept";

/** The block volume that holds Docker's volumes. DigitalOcean encrypts it at rest, and formats it once, when it is made. */
export class DataVolume extends Construct {
  /** The provider's resource. */
  readonly resource: Volume;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { region, volumeGibibytes } = cloudOf(this);
    this.resource = new Volume(this, "Resource", {
      name: LayerStack.of(this).swarmName(this),
      region,
      size: volumeGibibytes,
      initialFilesystemType: "ext4",
      initialFilesystemLabel: VOLUME_LABEL,
      lifecycle: lifecycleOfKept(["name", "initial_filesystem_type", "initial_filesystem_label"]),
    });
  }
}
