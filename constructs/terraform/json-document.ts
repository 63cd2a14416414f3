import { Lazy } from "cdktf";
import { literal } from "./literal";

/**
 * A document that is made once every layer is there, because what they declare is in it. JSON is YAML too.
 */
export function jsonDocument(produce: () => object): string {
  return Lazy.stringValue({ produce: () => literal(JSON.stringify(produce(), null, 2)) });
}
