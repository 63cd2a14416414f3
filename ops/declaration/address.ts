import type { TerraformResource } from "cdktf";

/** A resource's address in Terraform: `docker_service.api`. */
export function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}
