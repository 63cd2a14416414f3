import { separateWords } from "../../constructs/terraform/words";
import * as layers from "../../stacks/outputs";
import { type Expression, expressionOf } from "../support/expressions";
import type { SynthesisedStack } from "../support/synthesis";

/** The functions whose result is no text, as far as applications are told of it. */
const KINDS_OF_CALLS: Readonly<Record<string, string>> = {
  tonumber: "number",
  length: "number",
  contains: "boolean",
  can: "boolean",
  not: "boolean",
  ...Object.fromEntries(["==", "!=", "<", ">", "<=", ">=", "&&", "||"].map((operator) => [operator, "boolean"])),
  ...Object.fromEntries(["+", "-", "*", "/", "%"].map((operator) => [operator, "number"])),
};
const KINDS_OF_FIELDS: Readonly<Record<string, string>> = {
  string: "string",
  number: "number",
  list: "array<string>",
  map: "string",
};

/**
 * A value with every reference to another layer followed to what that layer hands on, and with every choice made that
 * depends on nothing else.
 *
 * @param stacks the environment's
 * @param layer whose expression it is
 */
export function settled(expression: Expression, stacks: readonly SynthesisedStack[], layer: string): Expression {
  const inside = (inner: Expression): Expression => settled(inner, stacks, layer);
  switch (expression.kind) {
    case "literal":
      return expression;
    case "list":
      return { kind: "list", items: expression.items.map(inside) };
    case "object": {
      const entries = Object.entries(expression.entries).map(([key, value]) => [key, inside(value)]);
      return { kind: "object", entries: Object.fromEntries(entries) };
    }
    case "call": {
      const { name, args } = expression;
      return evaluated({ kind: "call", name, args: args.map(inside) });
    }
    case "conditional": {
      const condition = inside(expression.condition);
      const [yes, no] = [inside(expression.yes), inside(expression.no)];
      return condition.kind === "literal" ? (condition.value ? yes : no) : { kind: "conditional", condition, yes, no };
    }
    case "reference": {
      const followed = follow(expression.path, stacks, layer);
      return followed === undefined ? expression : settled(followed.expression, stacks, followed.layer);
    }
  }
}

/** What JSON would make of a value: `string`, `number`, `boolean`, `null`, `object` or `array<string>`. */
export function kindOf(expression: Expression): string {
  switch (expression.kind) {
    case "literal":
      return expression.value === null ? "null" : typeof expression.value;
    case "object":
      return "object";
    case "list": {
      const kinds = [...new Set(expression.items.map(kindOf))];
      return `array<${kinds.join("|") || "string"}>`;
    }
    case "call":
      return KINDS_OF_CALLS[expression.name] ?? "string";
    case "conditional": {
      const kinds = new Set([kindOf(expression.yes), kindOf(expression.no)]);
      return [...kinds].join("|");
    }
    case "reference":
      return kindOfReference(expression.path);
  }
}

/** A value as a text, with a stand-in for what only a deployment knows. */
export function textOf(expression: Expression): string {
  switch (expression.kind) {
    case "literal":
      return String(expression.value);
    case "reference":
      return expression.path.join("-").replaceAll(/[^A-Za-z0-9]+/g, "-");
    case "list":
      return expression.items.map(textOf).join(",");
    case "object":
      return JSON.stringify(Object.entries(expression.entries).map(([key, value]) => [key, textOf(value)]));
    case "conditional":
      return [expression.yes, expression.no].map(textOf).join("|");
    case "call": {
      const [format, ...parts] = expression.args.map(textOf);
      return expression.name === "format" && format !== undefined
        ? parts.reduce((text, part) => text.replace("%s", () => part), format)
        : `${expression.name}(${expression.args.map(textOf).join(",")})`;
    }
  }
}

/** Whether a value is made with one of Vault's, or with a password. */
export function isMadeOfSecrets(expression: Expression): boolean {
  switch (expression.kind) {
    case "literal":
      return false;
    case "reference":
      return expression.path.some((part) => /^(vault_kv_secret_v2|random_password)$/.test(String(part)));
    case "list":
      return expression.items.some(isMadeOfSecrets);
    case "object":
      return Object.values(expression.entries).some(isMadeOfSecrets);
    case "call":
      return expression.args.some(isMadeOfSecrets);
    case "conditional":
      return [expression.condition, expression.yes, expression.no].some(isMadeOfSecrets);
  }
}

function evaluated(call: Expression & { readonly kind: "call" }): Expression {
  const values = call.args.map((arg) => (arg.kind === "literal" ? arg.value : undefined));
  const [left, right] = values;
  if (values.includes(undefined)) {
    return call;
  }
  switch (call.name) {
    case "==":
      return { kind: "literal", value: left === right };
    case "||":
      return { kind: "literal", value: left === true || right === true };
    case "&&":
      return { kind: "literal", value: left === true && right === true };
    default:
      return call;
  }
}

/** The expression that a reference leads to, and the layer that wrote it. */
function follow(
  path: readonly (string | number)[],
  stacks: readonly SynthesisedStack[],
  layer: string,
): { readonly expression: Expression; readonly layer: string } | undefined {
  const [kind, type, of, , ...steps] = path;
  const own = stacks.find(({ stack }) => stack.layer === layer);
  if (kind === "local" && own?.json.locals?.[String(type)] !== undefined) {
    return { expression: asExpression(own.json.locals[String(type)]), layer };
  }
  const producer = stacks.find(({ stack }) => stack.layer.replaceAll("-", "_") === of);
  if (kind !== "data" || type !== "terraform_remote_state" || producer === undefined) {
    return undefined;
  }
  const [output = "", ...keys] = steps.map(String);
  const value = keys.reduce((map, key) => map?.[key], producer.json.output?.[output]?.value);
  return value === undefined ? undefined : { expression: asExpression(value), layer: producer.stack.layer };
}

function asExpression(value: unknown): Expression {
  return typeof value === "string" ? expressionOf(value) : { kind: "literal", value: value as number };
}

function kindOfReference(path: readonly (string | number)[]): string {
  const [kind, type, of, , output] = path;
  if (kind !== "data" || type !== "terraform_remote_state") {
    return "string";
  }
  const declared = Object.values(layers).find(({ layer }) => layer.replaceAll("-", "_") === of);
  const field = Object.entries(declared?.fields ?? {}).find(([name]) => separateWords(name, "_") === output)?.[1];
  return KINDS_OF_FIELDS[field?.kind ?? ""] ?? "nothing that the layer hands on";
}
