import { Fn, ref } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { LayerStack } from "../terraform/layer-stack";

const ID = "passwords";
const ADDRESS = `ephemeral.random_password.${ID}`;

/**
 * Passwords of letters and digits that Terraform makes up anew in every run and keeps nowhere: only
 * write-only attributes take them.
 *
 * All of a layer's are cut from one, because Terraform prints four lines for each ephemeral resource.
 */
export class EphemeralPasswords extends Construct {
  private length = 0;

  /** The one of a construct's layer, made when it is first asked for. */
  static of(construct: IConstruct): EphemeralPasswords {
    const stack = LayerStack.of(construct);
    const existing = stack.node.tryFindChild(ID);
    return existing instanceof EphemeralPasswords ? existing : new EphemeralPasswords(stack);
  }

  private constructor(private readonly stack: LayerStack) {
    super(stack, ID);
  }

  /**
   * Another password.
   *
   * @param length how many letters and digits
   * @returns a reference to it
   */
  take(length: number): string {
    const offset = this.length;
    this.length += length;
    // cdktf has no classes for ephemeral resources.
    this.stack.addOverride(ADDRESS, { length: this.length, special: false });
    return Fn.substr(`${ref(`${ADDRESS}.result`, this.stack)}`, offset, length);
  }
}
