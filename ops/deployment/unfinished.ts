import { existsSync, readFileSync } from "node:fs";
import { TerraformResource } from "cdktf";
import { addressOf } from "../declaration/address";
import { eventOf } from "../terraform/event";
import type { WorkedLayer } from "./environment-work";

const CREATE = "create";

/**
 * How the names begin of what the layer's last apply began to make and did not end: so much is known before the apply.
 */
export function unfinishedNames({ stack, workspace }: WorkedLayer): readonly string[] {
  const addresses = unfinishedAddresses(workspace.logOf("apply"));
  return stack.node
    .findAll()
    .filter((construct) => construct instanceof TerraformResource)
    .filter((resource) => addresses.has(addressOf(resource)))
    .map((resource) => stack.swarmName(resource));
}

function unfinishedAddresses(log: string): ReadonlySet<string> {
  const addresses = new Set<string>();
  for (const line of existsSync(log) ? readFileSync(log, "utf8").split("\n") : []) {
    const { type, hook } = eventOf(line) ?? {};
    if (hook?.action === CREATE && type === "apply_start") {
      addresses.add(hook.resource.addr);
    } else if (hook?.action === CREATE && type === "apply_complete") {
      addresses.delete(hook.resource.addr);
    }
  }
  return addresses;
}
