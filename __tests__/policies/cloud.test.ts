import { cloudLike, foundationOf } from "../support/cloud";
import { type SynthesisedStack, synthesiseEverything } from "../support/synthesis";
import type { TerraformJson } from "../support/testing";
import { cloudPolicies } from "./cloud-policies";

let stacks: readonly SynthesisedStack[];
beforeAll(() => {
  stacks = synthesiseEverything().stacks.filter(({ stack }) => ["foundation", "offsite"].includes(stack.layer));
});

function jsonOf(name: string): TerraformJson {
  return structuredClone(stacks.find((stack) => stack.name === name)?.json) as TerraformJson;
}

test("the cloud's accounts are those of the environments that have a cloud", () => {
  expect(stacks.map(({ name }) => name)).toEqual([
    "production-offsite",
    "production-foundation",
    "staging-offsite",
    "staging-foundation",
  ]);
});

describe.each(Object.entries(cloudPolicies))("%s", (_, policy) => {
  test("every layer in the cloud's accounts", () => {
    expect(stacks.flatMap(({ name, json }) => policy(json).map((fault) => `${name}: ${fault}`))).toEqual([]);
  });

  test("however many machines there are", () => {
    expect(policy(foundationOf(cloudLike({ managers: 3, workers: 2 })))).toEqual([]);
  });
});

interface Fault {
  readonly what: string;
  readonly stack: "production-offsite" | "production-foundation";
  readonly policy: keyof typeof cloudPolicies;
  readonly breakIt: (resource: Record<string, Record<string, any>>) => void;
  readonly found: readonly string[];
}

/** The first resource of a type. */
const first = (resource: Record<string, Record<string, any>>, type: string) =>
  Object.values(resource[type] ?? {})[0] as any;

test.each<Fault>([
  {
    what: "SSH for everybody",
    stack: "production-foundation",
    policy: "opens nothing but HTTP and HTTPS to the world",
    breakIt: (resource) => first(resource, "digitalocean_firewall").inbound_rule[0].source_addresses.push("0.0.0.0/0"),
    found: ["digitalocean_firewall.firewall: tcp 22 is open to the world"],
  },
  {
    what: "a machine that the firewall does not know",
    stack: "production-foundation",
    policy: "has a firewall before every machine, and before it is made",
    breakIt: (resource) => {
      first(resource, "digitalocean_firewall").tags = [];
    },
    found: ["digitalocean_droplet.manager_1: no firewall is before it"],
  },
  {
    what: "a database that an address reaches",
    stack: "production-foundation",
    policy: "lets nobody but machines by their tag reach a database",
    breakIt: (resource) =>
      first(resource, "digitalocean_database_firewall").rule.push({ type: "ip_addr", value: "203.0.113.7" }),
    found: ["digitalocean_database_firewall.postgres_firewall: it lets in ip_addr 203.0.113.7"],
  },
  {
    what: "a database that everybody reaches",
    stack: "production-foundation",
    policy: "lets nobody but machines by their tag reach a database",
    breakIt: (resource) => {
      delete resource.digitalocean_database_firewall;
    },
    found: ["digitalocean_database_cluster.postgres: no firewall is before it"],
  },
  {
    what: "a bucket for everybody, without a history",
    stack: "production-foundation",
    policy: "keeps every bucket private, and what was overwritten for a while",
    breakIt: (resource) => {
      Object.assign((resource.digitalocean_spaces_bucket as any).spaces_images, {
        acl: "public-read",
        versioning: undefined,
        lifecycle_rule: undefined,
      });
    },
    found: [
      "digitalocean_spaces_bucket.spaces_images: its acl is public-read",
      "digitalocean_spaces_bucket.spaces_images: it forgets former versions",
      "digitalocean_spaces_bucket.spaces_images: it keeps former versions for ever",
    ],
  },
  {
    what: "a bucket that may become public",
    stack: "production-offsite",
    policy: "keeps every bucket private, and what was overwritten for a while",
    breakIt: (resource) => {
      delete resource.aws_s3_bucket_public_access_block;
    },
    found: ["aws_s3_bucket.backups: it has no aws_s3_bucket_public_access_block"],
  },
  {
    what: "a bucket that takes plain HTTP and a key that stays the same",
    stack: "production-offsite",
    policy: "encrypts what it stores and what it sends",
    breakIt: (resource) => {
      first(resource, "aws_s3_bucket_policy").policy = JSON.stringify({ Statement: [] });
      first(resource, "aws_kms_key").enable_key_rotation = false;
    },
    found: ["aws_s3_bucket.backups: no policy refuses plain HTTP", "aws_kms_key.vault_seal: it does not rotate"],
  },
  {
    what: "a volume that a plan may destroy",
    stack: "production-foundation",
    policy: "protects whatever holds data from being destroyed",
    breakIt: (resource) => {
      delete first(resource, "digitalocean_volume").lifecycle;
    },
    found: ["digitalocean_volume.data: nothing prevents that it is destroyed"],
  },
  {
    what: "a machine that its cloud-init makes anew",
    stack: "production-foundation",
    policy: "makes no machine anew because what it is given at its first start changed",
    breakIt: (resource) => first(resource, "digitalocean_droplet").lifecycle.ignore_changes.pop(),
    found: ["digitalocean_droplet.manager_1: a change of user_data makes it anew"],
  },
  {
    what: "a bucket with a name that Spaces refuses",
    stack: "production-foundation",
    policy: "has names that the providers take",
    breakIt: (resource) => {
      (resource.digitalocean_spaces_bucket as any).spaces_images.name = "Images";
    },
    found: [
      'digitalocean_spaces_bucket.spaces_images: name "Images" does not match /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/',
    ],
  },
  {
    what: "a machine that is there before its firewall",
    stack: "production-foundation",
    policy: "has a firewall before every machine, and before it is made",
    breakIt: (resource) => {
      delete first(resource, "digitalocean_droplet").depends_on;
    },
    found: ["digitalocean_droplet.manager_1: no firewall is before it"],
  },
  ...["kms:*", "*", "kms:De*", "kms:GenerateDataKey", "kms:CreateG*", "kms:ReEncrypt*"].map((action) => ({
    what: `a seal that the whole account opens by ${action}`,
    stack: "production-offsite" as const,
    policy: "lets nobody use a key of KMS but one user, who may do nothing else",
    breakIt: (resource: Record<string, Record<string, any>>) => {
      const key = first(resource, "aws_kms_key");
      key.policy = key.policy.replace("kms:CreateAlias*", action);
    },
    found: ["aws_kms_key.vault_seal: Administration lets others than one user encrypt or decrypt"],
  })),
])("$what is found", ({ stack, policy, breakIt, found }) => {
  const json = jsonOf(stack);
  breakIt(json.resource as Record<string, Record<string, any>>);

  expect(cloudPolicies[policy]?.(json)).toEqual(found);
});
