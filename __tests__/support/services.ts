import { SwarmService } from "../../constructs/swarm/swarm-service";
import type { SwarmServiceProps } from "../../constructs/swarm/swarm-service-props";
import {
  TRUST_BOUNDARY_NAMES,
  type TrustNetworkReferences,
  trustNetworkReferences,
} from "../../constructs/swarm/trust-networks";
import type { LayerStack } from "../../constructs/terraform/layer-stack";
import { useDocker, useRandom, useTls } from "../../constructs/terraform/providers";
import { minimalService, type TerraformJson, type TestStackOptions, testStack } from "./testing";

/** An empty stack that every provider of Layer 1 is in. */
export function providedStack(options: TestStackOptions = {}): LayerStack {
  const stack = testStack({ layer: "layer-1", ...options });
  useDocker(stack);
  useRandom(stack);
  useTls(stack);
  return stack;
}

/** The networks of a stack's environment, made elsewhere. */
export function networksOf({ environment }: LayerStack): TrustNetworkReferences {
  const ids = Object.fromEntries(TRUST_BOUNDARY_NAMES.map((name) => [name, `id-of-${name}`]));
  return trustNetworkReferences(environment, ids as Record<(typeof TRUST_BOUNDARY_NAMES)[number], string>);
}

/** A small service, on the public ingress network unless told otherwise. */
export function smallService(stack: LayerStack, id: string, props: Partial<SwarmServiceProps> = {}): SwarmService {
  return new SwarmService(stack, id, { ...minimalService, networks: [networksOf(stack).ingressPublic], ...props });
}

/** A service as Terraform reads it, by its construct's id. */
export function serviceOf({ resource }: TerraformJson, id: string): any {
  return resource?.docker_service?.[id.replaceAll("-", "_")];
}

/** What a service's revision is a hash of, by its construct's id. */
export function specificationOf({ locals }: TerraformJson, id: string): string {
  return JSON.stringify(locals?.[`${id.replaceAll("-", "_")}_specification`] ?? "");
}

/** A service's labels, by their names. */
export function labelsOf(service: { readonly labels?: readonly { label: string; value: string }[] }) {
  return Object.fromEntries((service.labels ?? []).map(({ label, value }) => [label, value]));
}

/** A text of Terraform's as the container sees it, with a stand-in for each reference. */
export function rendered(text: string | undefined, standIn = "172.18.0.1"): string {
  return (text ?? "").replace(/(?<!\$)\$\{[^}]*\}/g, standIn).replaceAll("$${", "${");
}
