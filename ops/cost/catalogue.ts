import { AMAZON_BILLING } from "./amazon";
import type { Bill, Billing, Resource } from "./billing";
import { DIGITALOCEAN_BILLING } from "./digitalocean";

/** Why nobody sends a bill for what is of a provider of Terraform's, by the provider's name. */
export const FREE_PROVIDERS: Readonly<Record<string, string>> = {
  docker: "it runs on machines that are paid",
  vault: "it runs on machines that are paid",
  random: "it is made up by Terraform",
  tls: "it is made up by Terraform",
};

/** How resources are billed, by Terraform's types. What is of a free provider is not in it. */
export const BILLING: Readonly<Record<string, Billing>> = { ...DIGITALOCEAN_BILLING, ...AMAZON_BILLING };

/** What a resource costs, of whatever type. */
export function billOf(resource: Resource): Bill {
  const { type, arguments: own } = resource;
  if (providerOf(type) in FREE_PROVIDERS) {
    return { charges: [] };
  }
  const billing = BILLING[type];
  if (billing === undefined) {
    return {
      unknown: `nobody has written down what a ${type} costs; write its price into ops/cost/prices.ts, and how it is billed, or why it is free, beside the others of its provider in ops/cost/`,
    };
  }
  if ("free" in billing) {
    return { charges: [] };
  }
  const unpriced = [...(billing.unpriced ?? []), "count", "for_each"].filter((name) => isSet(own[name]));
  return unpriced.length > 0
    ? {
        unknown: `nobody has written down what a ${type} with ${unpriced.join(", ")} costs; leave that out, or say in ops/cost/ how it is billed`,
      }
    : billing.bill(resource);
}

function providerOf(type: string): string {
  return type.split("_")[0] ?? type;
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== false;
}
