import { TerraformElement, TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";

const HIDDEN_COMPONENTS = ["Resource", "Default"];

/**
 * The components of a construct's path below its stack that people see.
 *
 * @param stackDepth how many components of a path belong to the stack and what is above it
 */
export function visiblePath(construct: IConstruct, stackDepth: number): readonly string[] {
  const components = construct.node.scopes.slice(stackDepth).map(({ node }) => node.id);
  const shown = components.filter((component) => !HIDDEN_COMPONENTS.includes(component));
  return shown.length > 0 ? shown : components;
}

/**
 * Gives a stack's elements ids that a person can say aloud.
 *
 * The id is the element's path below its stack, without the components `Resource` and `Default`,
 * in the letters that Terraform allows: `vault/bootstrap/Resource` becomes `vault_bootstrap`.
 */
export class LogicalIds {
  private readonly owners = new Map<string, string>();

  constructor(private readonly stackDepth: number) {}

  /**
   * @throws Error for an id that Terraform would refuse, or when two elements of one kind would
   * get the same address
   */
  allocate(element: IConstruct): string {
    const id = visiblePath(element, this.stackDepth).join("_").replace(/\W+/g, "_");
    if (!/^[A-Za-z_]/.test(id)) {
      throw new Error(`${element.node.path}: its id would be "${id}"; begin it with a letter`);
    }
    this.claim(`${kindOf(element)}.${id}`, element.node.path);
    return id;
  }

  private claim(address: string, path: string): void {
    const owner = this.owners.get(address) ?? path;
    if (owner !== path) {
      throw new Error(`${path}: its address would be ${address}, which is ${owner}'s; rename one of the two`);
    }
    this.owners.set(address, path);
  }
}

/** What an id must be unique among: elements of one kind have addresses that differ by id alone. */
function kindOf(element: IConstruct): string {
  if (TerraformElement.isTerraformElement(element)) {
    const type = (element as Partial<TerraformResource>).terraformResourceType ?? element.constructor.name;
    return TerraformResource.isTerraformResource(element) ? type : `data.${type}`;
  }
  return element.constructor.name;
}
