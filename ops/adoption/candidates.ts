import { TerraformResource } from "cdktf";
import { constructsBelow } from "../../constructs/terraform/every";
import type { LayerStack } from "../../constructs/terraform/layer-stack";
import { addressOf } from "../declaration/address";
import { KINDS } from "./kinds";

/** A resource of a stack in whose place something that exists may be taken over. */
export interface Candidate {
  /** What people call it: `vpc`, `droplet.manager-1`. Several may share it. */
  readonly name: string;
  readonly address: string;
  /** What the provider wants to know, made of the id that people find. */
  readonly importId: (id: string) => string;
}

/** What of a stack can be taken over. */
export function candidatesOf(stack: LayerStack): readonly Candidate[] {
  return constructsBelow<TerraformResource>(stack, TerraformResource).flatMap((resource) => {
    const kind = KINDS[resource.terraformResourceType];
    if (kind === undefined) {
      return [];
    }
    const { name, several = false, importId = (id: string) => id } = kind;
    return [
      {
        name: several ? `${name}.${ownName(resource)}` : name,
        address: addressOf(resource),
        importId: (id: string) => importId(id, stack.environment),
      },
    ];
  });
}

/** `key-operations` is the key of `operations`. */
function ownName({ node }: TerraformResource): string {
  return node.id.replace(/^key-/, "");
}
