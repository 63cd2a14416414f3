import { LayerOutputs } from "../../constructs/terraform/layer-outputs";
import type { TerraformJson } from "../support/testing";
import { callsAround, type Mention, mentionsIn } from "./mentions";

/** Which secrets may be in a place, and in what form. */
interface Permission {
  readonly place: RegExp;
  readonly secrets: RegExp;
  /**
   * @default - any
   */
  readonly form?: (mention: Mention, json: TerraformJson) => boolean;
}

/** What is harmless of something that otherwise holds a secret. */
const HARMLESS: Readonly<Record<string, RegExp>> = {
  aws_iam_access_key: /^(id|user)$/,
  digitalocean_database_cluster: /^(id|urn|name|database|host|port|private_host|user)$/,
  digitalocean_spaces_key: /^(name|access_key)$/,
  docker_secret: /^(id|name)$/,
  random_password: /^(id|length|keepers)$/,
  tls_private_key: /^(id|algorithm|public_key_\w+)$/,
  vault_approle_auth_backend_role_secret_id: /^accessor$/,
  vault_kv_secret_v2: /^(id|mount|name|path)$/,
  "data.vault_kv_secret_v2": /^(version|created_time)$/,
};

/** What is in Terraform's state anyway. */
const IN_STATE =
  /^(var|random_password|tls_private_key|aws_iam_access_key|digitalocean_(database_cluster|spaces_key)|data\.terraform_remote_state)\./;
/** That, and what Vault keeps. */
const KEPT = /^(var|random_password|tls_private_key|data\.(terraform_remote_state|vault_kv_secret_v2))\./;
/** What comes from somewhere else and goes into Vault. */
const BROUGHT = /^(var|vault_approle_auth_backend_role_secret_id|data\.terraform_remote_state\.foundation\.outputs)\./;
const VARIABLE = /^var\./;

const WRITE_ONLY = /^resource\.vault_kv_secret_v2\.\w+\.data_json_wo$/;
const WRITE_ONLY_VERSION = /^resource\.vault_kv_secret_v2\.\w+\.data_json_wo_version$/;

/** Everywhere that a secret may be. */
const PERMISSIONS: readonly Permission[] = [
  { place: /^resource\.(tls|random)_/, secrets: IN_STATE },
  { place: /^resource\.docker_secret\.\w+\.data$/, secrets: KEPT },
  { place: /^resource\.docker_secret\.\w+\.name$/, secrets: KEPT, form: isHashed },
  { place: WRITE_ONLY, secrets: /^ephemeral\./ },
  { place: WRITE_ONLY, secrets: BROUGHT },
  { place: WRITE_ONLY_VERSION, secrets: BROUGHT, form: isHashed },
  { place: WRITE_ONLY_VERSION, secrets: VARIABLE, form: isLookedFor },
  {
    place: /^provider\.vault\.\d+\.auth_login_userpass\.\d+\.password$/,
    secrets: /^data\.terraform_remote_state\.layer_1\.outputs\.vault_password$/,
  },
  // AWS has no variables in the environment that are not taken for Spaces'.
  { place: /^provider\.aws\.\d+\.(access|secret)_key$/, secrets: VARIABLE },
  { place: /^variable\.\w+\.validation\.\d+\.condition$/, secrets: VARIABLE, form: isOwnAndLookedFor },
  { place: /^output\.operator_secrets\.precondition\.\d+\.condition$/, secrets: VARIABLE, form: isMatched },
  { place: /^output\.features_off\.value$/, secrets: VARIABLE, form: isLookedFor },
  {
    place: /^output\.\w+\.value\b/,
    secrets: IN_STATE,
    form: ({ place }, { output }) => output?.[place.split(".")[1] ?? ""].sensitive === true,
  },
];

/**
 * The references to secrets that are where they could be read.
 *
 * A secret may be in a Swarm secret, in what makes secrets and certificates, in what goes into Vault, in the
 * sign-in to it and to AWS and in a sensitive output, and a variable in what looks whether it is there and in its shape:
 * nowhere else.
 *
 * @param declared every layer's outputs, which tell what of another layer's is a secret
 * @returns for each the path in the JSON and the reference
 */
export function exposedSecrets(json: TerraformJson, declared: readonly LayerOutputs<any>[]): readonly string[] {
  return mentionsIn(json)
    .filter(({ reference }) => isSecret(reference.split("."), json, declared))
    .filter((mention) => !PERMISSIONS.some((permission) => permits(permission, mention, json)))
    .map(({ place, reference }) => `${place}: ${reference}`);
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

function isSecret(
  reference: readonly string[],
  { variable }: TerraformJson,
  declared: readonly LayerOutputs<any>[],
): boolean {
  const [kind = "", type = ""] = reference;
  if (kind === "ephemeral") {
    return true;
  }
  if (kind === "var") {
    return variable?.[type]?.sensitive === true;
  }
  if (kind === "data" && type === "terraform_remote_state") {
    return isSecretOutput(reference.slice(2), declared);
  }
  const [harmless, attribute = ""] =
    kind === "data" ? [HARMLESS[`data.${type}`], reference[3]] : [HARMLESS[kind], reference[2]];
  return harmless !== undefined && !harmless.test(attribute);
}

/** Anything of another layer's that is not declared to be harmless. */
function isSecretOutput(
  [layer = "", , output = ""]: readonly string[],
  declared: readonly LayerOutputs<any>[],
): boolean {
  const outputs = declared.find((each) => each.layer.replaceAll("-", "_") === layer.replaceAll("-", "_"));
  const field = Object.entries<any>(outputs?.fields ?? {}).find(([name]) => snakeCase(name) === output)?.[1];
  return field?.sensitive !== false;
}

function permits({ place, secrets, form }: Permission, mention: Mention, json: TerraformJson): boolean {
  return place.test(mention.place) && secrets.test(mention.reference) && (form === undefined || form(mention, json));
}

/** Whether it is inside `sha256(…)`, and that inside `nonsensitive(…)`. */
function isHashed(mention: Mention): boolean {
  const [outermost, ...calls] = callsAround(mention);
  return outermost === "nonsensitive" && calls.includes("sha256");
}

/** Whether all that is asked of it is that it is missing. */
function isLookedFor({ before, after }: Mention): boolean {
  return before.endsWith("nonsensitive((length(") && after.startsWith(") < 1))");
}

/** Whether a variable is asked for being blank, which its own validation may: Terraform shows what fails there. */
function isOwnAndLookedFor({ place, reference, before, after }: Mention): boolean {
  const isOwn = place.startsWith(`variable.${reference.slice("var.".length)}.`);
  return isOwn && before === "${length(trimspace(" && after === ")) > 0}";
}

/** Whether it is compared with nothing, or matched with a pattern. */
function isMatched({ before, after }: Mention): boolean {
  const isCompared = before === "${" && after.startsWith(' == "" ||');
  return isCompared || (/\bcan\(regex\("(?:[^"\\]|\\.)*", $/.test(before) && after === "))}");
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
