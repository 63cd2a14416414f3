import { conditional, Fn, type IResolvable, Op, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { editionOf, isBrought, SECRETS, type SecretPath } from "../../config/secrets/catalogue";
import type { OperatorSecretPath } from "../../config/secrets/operator-secrets";
import type { FoundationSecret, Secret } from "../../config/secrets/secret";
import { LayerStack } from "../terraform/layer-stack";
import { EphemeralPasswords } from "./ephemeral-passwords";
import { OperatorSecrets } from "./operator-secrets";
import type { VaultApplications } from "./vault-applications";

/** A value on its way into Vault. */
export interface SecretValue {
  /** A reference to it, for a write-only attribute. */
  readonly value: string;
  /** A number that is another when the value is: without it, Terraform would not write it. */
  readonly version: number;
}

/** How long a stand-in is for what people would bring. */
const STAND_IN_LENGTH = 40;
/** As many as Terraform's numbers hold exactly. */
const HASH_DIGITS = 12;

/** What the cloud's foundation hands on, by output and, where that is a map, by key. */
type FoundationValues = Readonly<Record<string, unknown>>;

/** Where values come from that this layer does not make up. */
export interface SecretSources {
  /** Undefined where there is no cloud. */
  readonly foundation: FoundationValues | undefined;
  readonly applications: VaultApplications;
}

/**
 * The value of a secret that Vault keeps in this environment, by where it comes from.
 *
 * @returns undefined for a secret that Vault does not keep here, or that somebody else writes
 * @throws Error when the foundation has no such output
 */
export function secretValue(
  scope: IConstruct,
  path: SecretPath,
  { foundation, applications }: SecretSources,
): SecretValue | undefined {
  const { environment } = LayerStack.of(scope);
  const secret: Secret = SECRETS[path];
  const edition = editionOf(environment, path);
  const generated = (length: number) => ({
    value: EphemeralPasswords.of(scope).take(length),
    version: edition,
  });
  switch (secret.origin) {
    case "operator": {
      if (secret.destination !== "vault" || !isBrought(environment, path as OperatorSecretPath)) {
        return undefined;
      }
      const value = OperatorSecrets.of(scope).take(path as OperatorSecretPath);
      return secret.neededBy(environment)
        ? { value, version: versionOf(value) }
        : valueOrStandIn(value, generated(STAND_IN_LENGTH));
    }
    case "foundation":
      if (foundation !== undefined) {
        return ofFoundation(path, secret, foundation);
      }
      return "name" in secret.elsewhere
        ? { value: secret.elsewhere.name, version: edition }
        : generated(secret.elsewhere.length);
    case "generated":
      return secret.onlyOutsideCloud === true && environment.platform === "cloud"
        ? undefined
        : generated(secret.length);
    case "vault": {
      const value = applications.secretIdOf(secret.role);
      return { value, version: versionOf(value) };
    }
    case "service":
      return undefined;
  }
}

function ofFoundation(path: SecretPath, { output, key }: FoundationSecret, values: FoundationValues): SecretValue {
  const found = values[output];
  const value = key === undefined ? found : (found as FoundationValues | undefined)?.[key];
  if (typeof value !== "string") {
    const name = [output, key].filter((part) => part !== undefined).join(".");
    throw new Error(
      `the secret ${path} is to come from foundation's output ${name}; it has ${Object.keys(values).join(", ")}`,
    );
  }
  return { value, version: versionOf(value) };
}

/** A number made of a value, which is declared harmless on purpose, so that a plan shows that it changes. */
function versionOf(value: string): number {
  return Token.asNumber(Fn.nonsensitive(Fn.parseint(Fn.substr(Fn.sha256(value), 0, HASH_DIGITS), 16)));
}

function valueOrStandIn(value: string, standIn: SecretValue): SecretValue {
  const missing = isMissing(value);
  return {
    value: Token.asString(conditional(missing, standIn.value, value)),
    version: Token.asNumber(conditional(missing, standIn.version, versionOf(value))),
  };
}

/** cdktf renders no comparison with an empty text or with 0. */
export function isMissing(value: string): IResolvable {
  return Fn.nonsensitive(Op.lt(Fn.lengthOf(value), 1));
}
