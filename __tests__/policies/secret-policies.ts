import { LayerOutputs } from "../../constructs/terraform/layer-outputs";
import type { TerraformJson } from "../support/testing";

/** A path in Terraform's JSON. */
type Path = readonly string[];

/** What is harmless of a resource that otherwise holds a secret. */
const HARMLESS: Readonly<Record<string, RegExp>> = {
  random_password: /^(id|length|keepers)$/,
  tls_private_key: /^(id|algorithm|public_key_\w+)$/,
};
/** Something that Terraform refers to: `var.name`, `random_password.id.result`, `data.type.id.outputs["name"]`. */
const REFERENCE = /(?<![\w.-])[a-z]\w*(?:\.[\w-]+|\["[^"]*"\])+/g;

/**
 * The references to secrets that are where they could be read.
 *
 * A secret may be in a Swarm secret, in what makes secrets and certificates, in its own variable's
 * validation and in a sensitive output: nowhere else.
 *
 * @param declared every layer's outputs, which tell what of another layer's is a secret
 * @returns for each the path in the JSON and the reference
 */
export function exposedSecrets(json: TerraformJson, declared: readonly LayerOutputs<any>[]): readonly string[] {
  return textsIn(json).flatMap(({ path, text }) =>
    referencesIn(text)
      .filter((reference) => isSecret(reference, json, declared) && !isAllowed(path, reference, json))
      .map((reference) => `${path.join(".")}: ${reference.join(".")}`),
  );
}

/** The outputs that a module of them declares. */
export function outputsDeclaredIn(module: object): readonly LayerOutputs<any>[] {
  return Object.values(module).filter((value) => value instanceof LayerOutputs);
}

/**
 * The planted values that a text has, as they are or in base64.
 *
 * @returns their names
 */
export function plantedIn(text: string, planted: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(planted)
    .filter(([, value]) => text.includes(value) || text.includes(Buffer.from(value).toString("base64")))
    .map(([name]) => name);
}

function textsIn(value: unknown, path: Path = []): { path: Path; text: string }[] {
  if (typeof value === "string") {
    // An order between resources carries no value.
    return path.includes("depends_on") ? [] : [{ path, text: value }];
  }
  return Object.entries(value ?? {}).flatMap(([key, part]) => textsIn(part, [...path, key]));
}

function referencesIn(text: string): readonly Path[] {
  const expressions = /[$%]\{/.test(text) ? (text.match(REFERENCE) ?? []) : [];
  return expressions.map((expression) => expression.replaceAll(/\["([^"]*)"\]/g, ".$1").split("."));
}

function isSecret(reference: Path, { variable }: TerraformJson, declared: readonly LayerOutputs<any>[]): boolean {
  const [type = "", id = "", attribute = ""] = reference;
  if (type === "var") {
    return variable?.[id]?.sensitive === true;
  }
  if (type === "data" && id === "terraform_remote_state") {
    return isSecretOutput(reference.slice(2), declared);
  }
  return HARMLESS[type] !== undefined && !HARMLESS[type].test(attribute);
}

/** Anything of another layer's that is not declared to be harmless. */
function isSecretOutput([layer = "", , output = ""]: Path, declared: readonly LayerOutputs<any>[]): boolean {
  const outputs = declared.find((each) => each.layer.replaceAll("-", "_") === layer.replaceAll("-", "_"));
  const field = Object.entries<any>(outputs?.fields ?? {}).find(([name]) => snakeCase(name) === output)?.[1];
  return field?.sensitive !== false;
}

function isAllowed(path: Path, reference: Path, json: TerraformJson): boolean {
  const [block, type = "", id = "", attribute = ""] = path;
  switch (block) {
    case "resource":
      return /^(tls|random)_/.test(type) || (type === "docker_secret" && ["data", "name"].includes(attribute));
    case "variable":
      return id === "validation" && reference.join(".") === `var.${type}`;
    case "output":
      return id === "value" && json.output?.[type].sensitive === true;
    default:
      return false;
  }
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
