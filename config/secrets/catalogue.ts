import { parentDomain, publicUrl } from "../hosts";
import type { Environment } from "../schema";
import { OPERATOR_SECRET_PATHS, OPERATOR_SECRETS, type OperatorSecretPath } from "./operator-secrets";
import { PLATFORM_SECRETS } from "./platform-secrets";
import type { OperatorSecret, Secret } from "./secret";

/**
 * Every secret, by its path. The path is its one name: of the entry in Vault, of Terraform's
 * variable, in Doppler.
 */
export const SECRETS = { ...OPERATOR_SECRETS, ...PLATFORM_SECRETS } as const satisfies Record<string, Secret>;

/** Where a secret is found. */
export type SecretPath = keyof typeof SECRETS;

/** The secrets that people bring to an environment. */
export function operatorSecretsOf(environment: Environment): readonly OperatorSecretPath[] {
  return OPERATOR_SECRET_PATHS.filter((path) => operatorSecret(path).neededBy(environment));
}

/** What people may bring to an environment that does without. */
export function optionalSecretsOf(environment: Environment): readonly OperatorSecretPath[] {
  return OPERATOR_SECRET_PATHS.filter((path) => {
    const { feature, neededBy } = operatorSecret(path);
    return feature !== undefined && !neededBy(environment);
  });
}

/** Whether an environment has a secret that people bring, or a stand-in of it. */
export function isBrought(environment: Environment, path: OperatorSecretPath): boolean {
  const { feature, neededBy } = operatorSecret(path);
  return neededBy(environment) || feature !== undefined;
}

/** What people bring, by path. */
export function operatorSecret(path: OperatorSecretPath): OperatorSecret {
  return OPERATOR_SECRETS[path];
}

/** Which edition of a secret that is made here is in use. */
export function editionOf({ rotations }: Environment, path: SecretPath): number {
  return rotations[path] ?? 1;
}

/** The name of Terraform's variable for a secret. */
export function variableName(path: SecretPath): string {
  return path.replaceAll(/[/-]/g, "_");
}

/** The name under which Doppler keeps a secret. */
export function dopplerName(path: OperatorSecretPath): string {
  return variableName(path).toUpperCase();
}

/** The environment variable by which a secret comes to Terraform. */
export function environmentVariable(path: OperatorSecretPath): string {
  return operatorSecret(path).doppler === "tools" ? dopplerName(path) : `TF_VAR_${variableName(path)}`;
}

/** The id of the construct that stands for a secret. */
export function constructId(path: SecretPath): string {
  return path.replace("/", "-");
}

/** What a value that people bring must look like. */
export function wantedForm(path: OperatorSecretPath): string {
  return `${operatorSecret(path).shape.description}, without a space or a line end around it`;
}

/** What a secret is for, where people get it and where they keep it. */
export function howToBring(path: OperatorSecretPath, environment: Environment): string {
  const { purpose, obtain, doppler } = operatorSecret(path);
  const text = `${purpose}. Where to get it: ${obtain}. Where to keep it: Doppler's config ${doppler}, as ${dopplerName(path)}.`;
  return text
    .replaceAll("<domain>", parentDomain(environment))
    .replaceAll(/<url of ([a-z]+)>/g, (_, label: string) => publicUrl(environment, label))
    .replaceAll("<organisation>", organisationOf(environment));
}

function organisationOf({ signIn, vaultSignIn }: Environment): string {
  return signIn.kind === "github" ? signIn.organization : (vaultSignIn.github?.organization ?? "<organisation>");
}
