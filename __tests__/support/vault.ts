import type { VaultPolicy } from "../../constructs/secrets/vault-policies";
import type { LayerStack } from "../../constructs/terraform/layer-stack";
import { useRandom, useVault } from "../../constructs/terraform/providers";
import { type TestStackOptions, testStack } from "./testing";

/** An empty stack that can arrange Vault from the inside. */
export function vaultStack(options: TestStackOptions = {}): LayerStack {
  const stack = testStack({ layer: "secrets", ...options });
  useVault(stack, { address: "http://127.0.0.1:8200" });
  useRandom(stack);
  return stack;
}

/** The capabilities that a policy gives at a path, by Vault's rule: the longest match wins. */
export function capabilitiesAt({ path: rules }: VaultPolicy, path: string): readonly string[] {
  const [best] = Object.keys(rules)
    .filter((rule) => (rule.endsWith("*") ? path.startsWith(rule.slice(0, -1)) : path === rule))
    .sort((a, b) => b.length - a.length);
  return best === undefined ? [] : (rules[best]?.capabilities ?? []);
}
