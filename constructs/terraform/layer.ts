/**
 * The layers of an environment, in the order in which they are deployed.
 */
const LAYERS = ["offsite", "foundation", "layer-1", "secrets", "layer-2", "platform"] as const;

/** One layer: a stack of its own, because a provider cannot plan against what does not exist yet. */
export type LayerName = (typeof LAYERS)[number];

/** Whether a layer is in the cloud's accounts, and there before any Swarm is. */
export function isInAccounts(layer: LayerName): boolean {
  return layer === "offsite" || layer === "foundation";
}
