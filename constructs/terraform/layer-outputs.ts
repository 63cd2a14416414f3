import { Fn, propertyAccess, TerraformOutput, TerraformRemoteState, Token } from "cdktf";
import { readState } from "./backend";
import type { LayerName } from "./layer";
import type { LayerStack } from "./layer-stack";
import { separateWords } from "./words";

/** A kind of value that a layer can hand on. */
type Kind = "string" | "number" | "list" | "map";

interface Field<K extends Kind = Kind, O extends boolean = boolean, Key extends string = string> {
  readonly kind: K;
  readonly description: string;
  readonly sensitive: boolean;
  /** Whether an environment may lack it. Its readers look at the environment before they use it. */
  readonly optional: O;
  readonly keys: readonly Key[];
}

interface FieldOptions<O extends boolean> {
  /** @default false */
  readonly sensitive?: boolean;
  /** @default false */
  readonly optional?: O;
}

type Fields = Readonly<Record<string, Field>>;

type ValueOf<F extends Field> =
  F extends Field<"map", boolean, infer Key>
    ? Readonly<Record<Key, string>>
    : F extends Field<"list">
      ? readonly string[]
      : F extends Field<"number">
        ? number
        : string;

type OptionalKeys<F extends Fields> = { [K in keyof F]: F[K]["optional"] extends true ? K : never }[keyof F];

/** What a layer hands on. */
export type LayerValues<F extends Fields> = { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: ValueOf<F[K]> } & {
  readonly [K in OptionalKeys<F>]?: ValueOf<F[K]>;
};

/** What a reader gets: a token for each value, known when Terraform plans. */
export type LayerTokens<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> };

function declare<K extends Kind, O extends boolean, Key extends string>(
  kind: K,
  description: string,
  { sensitive = false, optional = false as O }: FieldOptions<O>,
  keys: readonly Key[],
): Field<K, O, Key> {
  return { kind, description, sensitive, optional, keys };
}

function field<K extends Kind>(kind: K) {
  return <const O extends boolean = false>(description: string, options: FieldOptions<O> = {}) =>
    declare(kind, description, options, []);
}

/** A text. */
export const text = field("string");

/** A number. */
export const number = field("number");

/** A list of texts. */
export const list = field("list");

/** Texts by key; the keys are fixed, so that a reader cannot ask for another. */
export function map<const Key extends string, const O extends boolean = false>(
  description: string,
  keys: readonly Key[],
  options: FieldOptions<O> = {},
): Field<"map", O, Key> {
  return declare("map", description, options, keys);
}

/**
 * What one layer hands to the layers above it: plain values, declared once and read with the
 * same types. No resource crosses a stack.
 */
export class LayerOutputs<F extends Fields> {
  constructor(
    readonly layer: LayerName,
    readonly fields: F,
  ) {}

  /** Hands values on. Called once, by the layer's own stack. */
  publish(stack: LayerStack, values: LayerValues<F>): void {
    for (const [name, { description, sensitive }] of Object.entries(this.fields)) {
      const value = (values as Readonly<Record<string, string | number | string[] | undefined>>)[name];
      if (value !== undefined) {
        new TerraformOutput(stack, separateWords(name, "_"), { value, description, sensitive, staticId: true });
      }
    }
  }

  /**
   * Reads the values in another layer's stack, which from then on is deployed after this one.
   *
   * The reader can be planned only after this layer was applied.
   */
  read(stack: LayerStack): LayerTokens<F> {
    stack.deployAfter(this.layer);
    const existing = stack.node.tryFindChild(this.layer);
    if (existing !== undefined && !(existing instanceof TerraformRemoteState)) {
      throw new Error(`${existing.node.path}: its id is a layer's, whose outputs are read here; rename it`);
    }
    const state = existing ?? readState(stack, stack.environment, this.layer);
    const tokens = Object.entries(this.fields).map(([name, declared]) => [
      name,
      tokenOf(state, separateWords(name, "_"), declared),
    ]);
    return Object.fromEntries(tokens) as LayerTokens<F>;
  }
}

function tokenOf(state: TerraformRemoteState, output: string, { kind, keys, sensitive }: Field): unknown {
  // To Terraform nothing in another layer's state is a secret, whatever that layer said.
  const kept = (text: string) => (sensitive ? Token.asString(Fn.sensitive(text)) : text);
  switch (kind) {
    case "string":
      return kept(state.getString(output));
    case "number":
      return state.getNumber(output);
    case "list":
      return state.getList(output);
    case "map":
      return Object.fromEntries(
        keys.map((key) => [key, kept(Token.asString(propertyAccess(state.get(output), [key])))]),
      );
  }
}
