import { selectEnvironments } from "../../config/environments";
import { type Environment, environmentSchema } from "../../config/schema";
import {
  dopplerName,
  environmentVariable,
  operatorSecret,
  SECRETS,
  type SecretPath,
} from "../../config/secrets/catalogue";
import { OPERATOR_SECRET_PATHS, type OperatorSecretPath } from "../../config/secrets/operator-secrets";
import type { OperatorSecret, Secret } from "../../config/secrets/secret";
import { code, GENERATED, prose, table } from "./markdown";

const INTRODUCTION = `# Secrets

Every secret of the platform, by its path: the one name from which its names in Vault, Terraform and Doppler are
made. The catalogue is \`config/secrets/\`. How a secret gets to where it is read:
[Security](../architecture/security.md). Readers are services; what applications read is
[here](../components/applications.md#whom-they-reach) by application.`;

const BROUGHT = `People keep these in Doppler, in one of two configs, or in files of the same form. To see what an environment
lacks, and to get an empty file to fill in:

\`\`\`sh
npm run ops -- secrets check production
npm run --silent ops -- secrets template production --config applications
\`\`\`

Below, \`<domain>\`, \`<organisation>\` and \`<url of auth>\` stand for the environment's; the commands write them
out. To rotate one, bring another value and deploy.`;

const MADE = `Nobody types these. To rotate one, write a number for its path into \`rotations\` of the environment's file, 2
the first time and then 3, and deploy every layer from \`secrets\` on. The last column says where that is allowed.`;

/** Who makes what nobody brings. */
const MAKERS: Readonly<Record<Exclude<Secret["origin"], "operator">, string>> = {
  generated: "`secrets`",
  foundation: "`foundation`; without a cloud `secrets`",
  service: "the data service",
  vault: "Vault",
};

const secrets = Object.entries(SECRETS) as readonly (readonly [SecretPath, Secret])[];

/** The page about every secret. */
export function secretsReference(): string {
  return [
    GENERATED,
    INTRODUCTION,
    "## What people bring",
    BROUGHT,
    overviewTable(),
    ...OPERATOR_SECRET_PATHS.map(operatorSection),
    "## What is made",
    MADE,
    madeTable(),
    "",
  ].join("\n\n");
}

function overviewTable(): string {
  return table(
    ["Path", "Doppler's config", "Name there", "Terraform reads", "Needed on"],
    OPERATOR_SECRET_PATHS.map((path) => [
      code(path),
      operatorSecret(path).doppler,
      code(dopplerName(path)),
      code(environmentVariable(path)),
      neededOn(operatorSecret(path)),
    ]),
  );
}

function operatorSection(path: OperatorSecretPath): string {
  const { purpose, obtain, shape, users, feature, destination } = operatorSecret(path);
  const facts = [
    ["What it is for", withPlaceholders(purpose)],
    ["Where to get it", withPlaceholders(obtain)],
    ["What it looks like", `${prose(shape.description)}: ${code(shape.pattern)}`],
    ["Who reads it", users.map(code).join(", ")],
    ["Where it is kept", KEPT[destination]],
    ...(feature === undefined ? [] : [["Off with a stand-in", prose(feature)]]),
  ];
  return [`### ${path}`, facts.map(([name, fact]) => `- **${name}:** ${fact}`).join("\n")].join("\n\n");
}

function withPlaceholders(text: string): string {
  return prose(text.replaceAll(/<[a-z ]+>/g, code));
}

const KEPT: Readonly<Record<OperatorSecret["destination"], string>> = {
  vault: "Vault",
  terraform: "in what Terraform makes with it, and so in that layer's state; Vault has no entry of it",
  tools: "nowhere; Terraform reads it from its environment",
};

function madeTable(): string {
  const made = secrets.flatMap(([path, secret]) => (secret.origin === "operator" ? [] : [{ path, secret }]));
  return table(
    ["Path", "What it is for", "What it looks like", "Who reads it", "Who makes it", "Where", "Rotated by its number"],
    made.map(({ path, secret }) => [
      code(path),
      prose(secret.purpose),
      shapeOf(secret),
      secret.users.map(code).join(", "),
      MAKERS[secret.origin],
      where((environment) => isThere(secret, environment)),
      rotation(path, secret),
    ]),
  );
}

function shapeOf(secret: Exclude<Secret, OperatorSecret>): string {
  const letters = (length: number) => `${length} letters and digits`;
  switch (secret.origin) {
    case "generated":
      return letters(secret.length);
    case "foundation":
      return "name" in secret.elsewhere
        ? `DigitalOcean's; without a cloud ${code(secret.elsewhere.name)}`
        : `DigitalOcean's; without a cloud ${letters(secret.elsewhere.length)}`;
    case "service":
      return `what ${secret.by} makes up`;
    case "vault":
      return "what Vault makes up";
  }
}

function isThere(secret: Secret, { platform }: Environment): boolean {
  return !(secret.origin === "generated" && secret.onlyOutsideCloud === true && platform === "cloud");
}

/** Where the schema takes a number for it, and why not elsewhere. */
function rotation(path: SecretPath, secret: Secret): string {
  const places = where(
    (environment) =>
      isThere(secret, environment) && environmentSchema.safeParse({ ...environment, rotations: { [path]: 2 } }).success,
  );
  return secret.origin === "generated" && secret.fixed !== undefined ? `no: ${prose(secret.fixed)}` : places;
}

function neededOn({ neededBy, feature }: OperatorSecret): string {
  const places = where(neededBy);
  return feature === undefined ? places : `${places}; elsewhere a stand-in will do`;
}

/** The environments of which something holds, in a few words. */
function where(holds: (environment: Environment) => boolean): string {
  const environments = selectEnvironments(undefined);
  const names = environments.filter(holds).map(({ name }) => name);
  if (names.length === 0) {
    return "nowhere";
  }
  return names.length === environments.length ? "everywhere" : names.map(code).join(", ");
}
