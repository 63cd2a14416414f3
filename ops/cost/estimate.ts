import { type Fault, rejectFaults } from "../../config/faults";
import { withoutStackTraces } from "../../constructs/terraform/stack-traces";
import type { Declaration } from "../declaration/declaration";
import type { Charge, Resource, SynthesisedLayer } from "./billing";
import { billOf } from "./catalogue";
import type { Price } from "./price";

/** One thing that costs money. */
export interface CostLine {
  /** Its resources' addresses in Terraform: several share what is paid once for an account. */
  readonly addresses: readonly string[];
  /** What is paid. */
  readonly what: string;
  /** US dollars a month, rounded up to a cent. */
  readonly dollars: number;
  /** Whether all environments of an account pay it together. It is counted here in full. */
  readonly oncePerAccount: boolean;
  readonly price: Price;
}

/** What a month costs. */
export interface Estimate {
  readonly lines: readonly CostLine[];
  /** How many resources cost nothing. */
  readonly freeResources: number;
  /** US dollars a month: what the lines add up to. */
  readonly dollars: number;
}

/** The layers of an environment as Terraform reads them. */
export function synthesisedLayers({ layers }: Pick<Declaration, "layers">): readonly SynthesisedLayer[] {
  const synthesised: SynthesisedLayer[] = [];
  withoutStackTraces(() => {
    for (const layer of layers) {
      const { provider = {}, resource = {} } = layer.toTerraform();
      synthesised.push({ stack: layer.node.id, providers: provider, resources: resource });
    }
  });
  return synthesised;
}

/**
 * What a month of some layers costs.
 *
 * @throws FaultsError with every resource of which nobody has written down what it costs
 */
export function estimateOf(layers: readonly SynthesisedLayer[]): Estimate {
  const faults: Fault[] = [];
  const lines = new Map<string, CostLine>();
  let freeResources = 0;
  for (const resource of layers.flatMap(resourcesOf)) {
    const address = `${resource.type}.${resource.id}`;
    const bill = billOf(resource);
    if ("unknown" in bill) {
      faults.push({ where: `${resource.layer.stack} ${address}`, message: bill.unknown });
    } else if (bill.charges.length === 0) {
      freeResources++;
    } else {
      for (const charge of bill.charges) {
        const key = charge.oncePerAccount ? charge.price.what : `${address} ${charge.price.what}`;
        const addresses = [...(lines.get(key)?.addresses ?? []), address];
        lines.set(key, lineOf(charge, addresses));
      }
    }
  }
  rejectFaults("ops cost", faults);
  return { lines: [...lines.values()], freeResources, dollars: sumOf([...lines.values()]) };
}

function resourcesOf(layer: SynthesisedLayer): readonly Resource[] {
  return Object.entries(layer.resources).flatMap(([type, byId]) =>
    Object.entries(byId).map(([id, own]) => ({ layer, type, id, arguments: own })),
  );
}

function lineOf({ price, quantity, note, oncePerAccount = false }: Charge, addresses: readonly string[]): CostLine {
  return {
    addresses,
    what: note === undefined ? price.what : `${price.what} (${note})`,
    dollars: centsOf(price.dollars * quantity) / 100,
    oncePerAccount,
    price,
  };
}

function sumOf(lines: readonly CostLine[]): number {
  return lines.reduce((cents, { dollars }) => cents + centsOf(dollars), 0) / 100;
}

/** Rounded up, but not for what binary fractions make of a price: 0.1 * 3 is 30 cents. */
function centsOf(dollars: number): number {
  return Math.ceil(Number((dollars * 100).toPrecision(12)));
}
