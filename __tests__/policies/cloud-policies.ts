import type { TerraformJson } from "../support/testing";

/** What a layer of the cloud's accounts does wrong. */
export type CloudPolicy = (json: TerraformJson) => readonly string[];

/** What holds data, or what the world knows us by: nothing may destroy it. */
const STATEFUL = [
  "aws_kms_key",
  "aws_s3_bucket",
  "digitalocean_database_cluster",
  "digitalocean_domain",
  "digitalocean_reserved_ip",
  "digitalocean_spaces_bucket",
  "digitalocean_volume",
  "digitalocean_vpc",
];
const OPEN_PORTS = ["80", "443"];
const WORLD = /^(0\.0\.0\.0\/0|::\/0)$/;

/** What names the providers take: which argument of which resource, and its form. */
const NAMES: Readonly<Record<string, readonly [argument: string, form: RegExp]>> = {
  aws_iam_user: ["name", /^[\w+=,.@-]{1,64}$/],
  aws_kms_alias: ["name", /^alias\/(?!aws\/)[\w/-]{1,250}$/],
  aws_s3_bucket: ["bucket", /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/],
  digitalocean_database_cluster: ["name", /^[a-z][a-z0-9-]{2,62}$/],
  digitalocean_droplet: ["name", /^[a-z][a-z0-9-]{0,62}$/],
  digitalocean_firewall: ["name", /^[A-Za-z0-9][A-Za-z0-9.-]{0,254}$/],
  digitalocean_project: ["name", /^.{1,175}$/],
  digitalocean_spaces_bucket: ["name", /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/],
  digitalocean_spaces_key: ["name", /^[\w-]{1,64}$/],
  digitalocean_volume: ["name", /^[a-z][a-z0-9-]{0,63}$/],
  digitalocean_vpc: ["name", /^[A-Za-z0-9][A-Za-z0-9.-]{0,254}$/],
};

/** What must hold of every layer in the cloud's accounts. */
export const cloudPolicies: Readonly<Record<string, CloudPolicy>> = {
  "opens nothing but HTTP and HTTPS to the world": (json) =>
    every(json, "digitalocean_firewall").flatMap(([address, { inbound_rule: rules }]) =>
      (rules ?? [])
        .filter(({ source_addresses: sources = [] }: any) => sources.some((source: string) => WORLD.test(source)))
        .filter(({ protocol, port_range: port }: any) => protocol !== "tcp" || !OPEN_PORTS.includes(port))
        .map(({ protocol, port_range: port }: any) => `${address}: ${protocol} ${port} is open to the world`),
    ),

  "has a firewall before every machine, and before it is made": (json) => {
    const firewalls = every(json, "digitalocean_firewall");
    return every(json, "digitalocean_droplet")
      .filter(
        ([, { tags = [], depends_on: needed = [] }]) =>
          !firewalls.some(
            ([firewall, { tags: guarded = [] }]) =>
              needed.includes(firewall) && guarded.some((tag: string) => tags.includes(tag)),
          ),
      )
      .map(([address]) => `${address}: no firewall is before it`);
  },

  "lets nobody but machines by their tag reach a database": (json) => {
    const rules = every(json, "digitalocean_database_firewall");
    return [
      ...every(json, "digitalocean_database_cluster")
        .filter(([cluster]) => !rules.some(([, { cluster_id: id }]) => id === `\${${cluster}.id}`))
        .map(([cluster]) => `${cluster}: no firewall is before it`),
      ...rules.flatMap(([address, { rule }]) =>
        rule
          .filter(({ type }: any) => type !== "tag")
          .map(({ type, value }: any) => `${address}: it lets in ${type} ${value}`),
      ),
    ];
  },

  "keeps every bucket private, and what was overwritten for a while": (json) => [
    ...every(json, "digitalocean_spaces_bucket").flatMap(
      ([address, { acl, versioning, lifecycle_rule: rules = [] }]) => [
        ...(acl === "private" ? [] : [`${address}: its acl is ${acl}`]),
        ...(versioning?.enabled === true ? [] : [`${address}: it forgets former versions`]),
        ...(rules.some((rule: any) => rule.enabled && rule.noncurrent_version_expiration?.days > 0)
          ? []
          : [`${address}: it keeps former versions for ever`]),
      ],
    ),
    ...lacking(json, "aws_s3_bucket", "aws_s3_bucket_versioning"),
    ...lacking(json, "aws_s3_bucket", "aws_s3_bucket_public_access_block"),
  ],

  "encrypts what it stores and what it sends": (json) => [
    ...lacking(json, "aws_s3_bucket", "aws_s3_bucket_server_side_encryption_configuration"),
    ...every(json, "aws_s3_bucket")
      .filter(([bucket]) => !policiesOf(json, bucket).some(refusesPlainHttp))
      .map(([bucket]) => `${bucket}: no policy refuses plain HTTP`),
    ...every(json, "aws_kms_key")
      .filter(([, { enable_key_rotation: rotates }]) => rotates !== true)
      .map(([address]) => `${address}: it does not rotate`),
  ],

  "protects whatever holds data from being destroyed": (json) =>
    STATEFUL.flatMap((type) => every(json, type))
      .filter(([, { lifecycle }]) => lifecycle?.prevent_destroy !== true)
      .map(([address]) => `${address}: nothing prevents that it is destroyed`),

  "makes no machine anew because what it is given at its first start changed": (json) =>
    every(json, "digitalocean_droplet").flatMap(([address, { lifecycle }]) =>
      ["image", "ssh_keys", "user_data"]
        .filter((argument) => !(lifecycle?.ignore_changes ?? []).includes(argument))
        .map((argument) => `${address}: a change of ${argument} makes it anew`),
    ),

  "has names that the providers take": (json) =>
    Object.entries(NAMES).flatMap(([type, [argument, form]]) =>
      every(json, type)
        .filter(([, resource]) => !form.test(resource[argument] ?? ""))
        .map(([address, resource]) => `${address}: ${argument} "${resource[argument]}" does not match ${form}`),
    ),

  "lets nobody use a key of KMS but one user, who may do nothing else": (json) =>
    every(json, "aws_kms_key").flatMap(([address, { policy }]) =>
      JSON.parse(policy)
        .Statement.filter(({ Action }: any) => [Action].flat().some(isUseOfKey))
        .filter(({ Principal }: any) => !/^\$\{aws_iam_user\.\w+\.arn\}$/.test(Principal.AWS))
        .map(({ Sid }: any) => `${address}: ${Sid} lets others than one user encrypt or decrypt`),
    ),
};

/** What lets somebody read, or have somebody read, what a key encrypts. */
const USES_OF_KEY = [
  "kms:Encrypt",
  "kms:Decrypt",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:CreateGrant",
];

/** Whether an action of a policy, which may have asterisks, is one of these. */
function isUseOfKey(action: string): boolean {
  const pattern = new RegExp(`^${action.replaceAll("*", ".*")}$`, "i");
  return USES_OF_KEY.some((use) => pattern.test(use));
}

function every({ resource = {} }: TerraformJson, type: string): readonly (readonly [address: string, resource: any])[] {
  return Object.entries(resource[type] ?? {}).map(([id, each]) => [`${type}.${id}`, each] as const);
}

/** Resources without a companion of another type that names them as its bucket. */
function lacking(json: TerraformJson, type: string, companion: string): readonly string[] {
  const companions = every(json, companion).map(([, { bucket }]) => bucket);
  return every(json, type)
    .filter(([address]) => !companions.includes(`\${${address}.id}`))
    .map(([address]) => `${address}: it has no ${companion}`);
}

function policiesOf(json: TerraformJson, bucket: string): readonly any[] {
  return every(json, "aws_s3_bucket_policy")
    .filter(([, { bucket: of }]) => of === `\${${bucket}.id}`)
    .flatMap(([, { policy }]) => JSON.parse(policy).Statement);
}

function refusesPlainHttp({ Effect, Principal, Action, Condition }: any): boolean {
  return (
    Effect === "Deny" && Principal === "*" && Action === "s3:*" && Condition?.Bool?.["aws:SecureTransport"] === "false"
  );
}
