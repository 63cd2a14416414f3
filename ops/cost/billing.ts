import type { Price } from "./price";

/** A layer as Terraform reads it: what a bill can depend on. */
export interface SynthesisedLayer {
  /** Its stack's name, such as `production-foundation`. */
  readonly stack: string;
  /** Settings of providers, by the providers' names. */
  readonly providers: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  /** Arguments of resources, by type and then by id. */
  readonly resources: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
}

/** A resource's arguments, by Terraform's names. */
export type Arguments = Readonly<Record<string, unknown>>;

/** A resource of a layer. */
export interface Resource {
  readonly layer: SynthesisedLayer;
  readonly type: string;
  readonly id: string;
  readonly arguments: Arguments;
}

/** Something of a resource that costs money each month. */
export interface Charge {
  readonly price: Price;
  /** How many of the price's units. */
  readonly quantity: number;
  /** What a reader must know about it, after what is bought. @default - nothing */
  readonly note?: string;
  /** Whether all such resources of an account pay it together, once. @default false */
  readonly oncePerAccount?: boolean;
}

/** What a resource costs, or what is not known about that and where to write it. */
export type Bill = { readonly charges: readonly Charge[] } | { readonly unknown: string };

/** How resources of a type are billed. */
export type Billing =
  | {
      /** Why nobody is billed for it. */
      readonly free: string;
    }
  | {
      readonly bill: (resource: Resource) => Bill;
      /**
       * Arguments that make it dearer by nobody knows how much: a resource with one of them is refused.
       *
       * @default - none
       */
      readonly unpriced?: readonly string[];
    };

/**
 * The bill of something that is paid by its size.
 *
 * @param prices by size
 * @param table what the prices are called in the code
 */
export function billBySize(size: unknown, prices: Readonly<Record<string, Price>>, table: string): Bill {
  const price = prices[String(size)];
  return price === undefined
    ? {
        unknown: `there is no price of size ${JSON.stringify(size)}; write it into ${table} of ops/cost/prices.ts, which has ${Object.keys(prices).join(", ")}`,
      }
    : { charges: [{ price, quantity: 1 }] };
}
