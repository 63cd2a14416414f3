import { ASSUMED } from "../../../ops/cost/assumptions";
import type { Arguments, SynthesisedLayer } from "../../../ops/cost/billing";
import { BILLING } from "../../../ops/cost/catalogue";
import { estimateOf, synthesisedLayers } from "../../../ops/cost/estimate";
import { Declaration } from "../../../ops/declaration/declaration";
import { environmentNamed, failureOf, interpolated } from "../../support/testing";
import "../../support/tokens";

/** A layer with these resources, by their addresses. */
function layer(resources: Readonly<Record<string, Arguments>>, region: unknown = "us-east-1"): SynthesisedLayer {
  const byType: Record<string, Record<string, Arguments>> = {};
  for (const [address, own] of Object.entries(resources)) {
    const [type = "", id = ""] = address.split(".");
    byType[type] = { ...byType[type], [id]: own };
  }
  return { stack: "test-foundation", providers: { aws: [{ region }] }, resources: byType };
}

/** What each line comes to, by what it is. */
function costOf(resources: Readonly<Record<string, Arguments>>): Readonly<Record<string, number>> {
  return Object.fromEntries(estimateOf([layer(resources)]).lines.map(({ what, dollars }) => [what, dollars]));
}

const faultOf = (resources: Readonly<Record<string, Arguments>>, region?: unknown) =>
  failureOf(() => estimateOf([layer(resources, region)]));

const pg = { engine: "pg", node_count: 1, size: "db-s-1vcpu-2gb" };

test.each<[string, Readonly<Record<string, Arguments>>, Readonly<Record<string, number>>]>([
  ["a machine by its size", { "digitalocean_droplet.one": { size: "s-4vcpu-8gb" } }, { "Droplet s-4vcpu-8gb": 48 }],
  ["a volume by its GiB", { "digitalocean_volume.data": { size: 123 } }, { "Volume (123 GiB)": 12.3 }],
  ["a database by its size", { "digitalocean_database_cluster.db": pg }, { "PostgreSQL db-s-1vcpu-2gb": 30.45 }],
  [
    "a key without rotation by itself and its requests",
    { "aws_kms_key.key": {} },
    { "KMS: key": 1, "KMS: requests (10,000 of them)": 0.03 },
  ],
  [
    "a key with rotation as it is after the last one that is charged",
    { "aws_kms_key.key": { enable_key_rotation: true } },
    {
      "KMS: key": 1,
      "KMS: first and second rotation of a key (from its third year on)": 2,
      "KMS: requests (10,000 of them)": 0.03,
    },
  ],
  [
    "a bucket for backups by what is assumed to be in it",
    { "aws_s3_bucket.backups": {} },
    { "S3 Standard (20 GiB)": 0.46, "S3 Standard: requests that write (10,000 of them)": 0.05 },
  ],
  [
    "an address that nobody has",
    { "digitalocean_reserved_ip.public": {}, "digitalocean_reserved_ip_assignment.other": { ip_address: "192.0.2.1" } },
    { "Reserved IP without a droplet": 5 },
  ],
])("%s is charged", (_, resources, lines) => {
  expect(costOf(resources)).toEqual(lines);
});

test.each<[string, Readonly<Record<string, Arguments>>]>([
  ["of a droplet's own", { "digitalocean_reserved_ip.public": { droplet_id: 1 } }],
  [
    "assigned beside it",
    {
      "digitalocean_reserved_ip.public": {},
      "digitalocean_reserved_ip_assignment.a": {
        ip_address: interpolated("digitalocean_reserved_ip.public.ip_address"),
      },
    },
  ],
])("an address is free while it is %s", (_, resources) => {
  expect(estimateOf([layer(resources)])).toEqual({
    lines: [],
    freeResources: Object.keys(resources).length,
    dollars: 0,
  });
});

test("what is paid once for an account is counted once, however many share it", () => {
  const { lines, dollars } = estimateOf([
    layer({ "digitalocean_spaces_bucket.images": {}, "digitalocean_spaces_bucket.replays": {} }),
  ]);

  expect(lines).toEqual([
    expect.objectContaining({
      addresses: ["digitalocean_spaces_bucket.images", "digitalocean_spaces_bucket.replays"],
      dollars: 5,
      oncePerAccount: true,
    }),
  ]);
  expect(dollars).toBe(5);
});

test("what is beyond the subscription to Spaces is counted once, where so much is assumed", () => {
  const assumed = jest.replaceProperty(ASSUMED as { spacesGibibytes: number }, "spacesGibibytes", 300);
  const lines = costOf({ "digitalocean_spaces_bucket.images": {}, "digitalocean_spaces_bucket.replays": {} });
  assumed.restore();

  expect(lines).toEqual({
    "Spaces: the subscription with 250 GiB (paid once for the account)": 5,
    "Spaces: beyond what is included (50 GiB)": 1,
  });
});

test("everything else is counted each time, in every layer", () => {
  const checks = layer({ "digitalocean_uptime_check.one": {}, "digitalocean_uptime_check.other": {} });
  const machine = layer({ "digitalocean_droplet.one": { size: "s-8vcpu-16gb" } });

  expect(estimateOf([checks, machine]).dollars).toBe(98);
});

test("lines are rounded up to cents that add up, and not past them", () => {
  const { lines, dollars } = estimateOf([
    layer({ "digitalocean_volume.a": { size: 3 }, "digitalocean_volume.b": { size: 7 }, "aws_s3_bucket.c": {} }),
  ]);

  expect(lines.map((line) => line.dollars)).toEqual([0.3, 0.7, 0.46, 0.05]);
  expect(dollars).toBe(1.51);
});

test("what is free is counted as that, by its type or its whole provider", () => {
  const resources = { "digitalocean_vpc.network": {}, "aws_iam_user.vault": {}, "docker_service.web": { count: 2 } };

  expect(estimateOf([layer(resources)])).toEqual({ lines: [], freeResources: 3, dollars: 0 });
});

describe("an error", () => {
  test("names every resource whose price nobody knows", () => {
    expect(faultOf({ "digitalocean_loadbalancer.web": {}, "google_sql.db": {}, "digitalocean_vpc.network": {} })).toBe(
      [
        "ops cost: 2 faults",
        "  - test-foundation digitalocean_loadbalancer.web: nobody has written down what a digitalocean_loadbalancer costs; write its price into ops/cost/prices.ts, and how it is billed, or why it is free, beside the others of its provider in ops/cost/",
        "  - test-foundation google_sql.db: nobody has written down what a google_sql costs; write its price into ops/cost/prices.ts, and how it is billed, or why it is free, beside the others of its provider in ops/cost/",
      ].join("\n"),
    );
  });

  test.each<[string, Readonly<Record<string, Arguments>>, string]>([
    [
      "an unknown size of machine",
      { "digitalocean_droplet.one": { size: "s-2vcpu-4gb" } },
      'digitalocean_droplet.one: there is no price of size "s-2vcpu-4gb"; write it into DROPLET_PRICES of ops/cost/prices.ts, which has s-4vcpu-8gb, s-8vcpu-16gb',
    ],
    [
      "a machine with paid backups",
      { "digitalocean_droplet.one": { size: "s-4vcpu-8gb", backups: true } },
      "digitalocean_droplet.one: nobody has written down what a digitalocean_droplet with backups costs; leave that out, or say in ops/cost/ how it is billed",
    ],
    [
      "machines of which nobody knows how many there are",
      { "digitalocean_droplet.one": { size: "s-4vcpu-8gb", count: interpolated("var.machines") } },
      "a digitalocean_droplet with count costs",
    ],
    [
      "a volume whose size the deployment decides",
      { "digitalocean_volume.data": { size: interpolated("var.size") } },
      "give it one in GiB that is known before the deployment",
    ],
    [
      "an unknown size of database",
      { "digitalocean_database_cluster.db": { ...pg, size: "db-s-4vcpu-8gb" } },
      'there is no price of size "db-s-4vcpu-8gb"; write it into DATABASE_PRICES',
    ],
    [
      "a database of two nodes",
      { "digitalocean_database_cluster.db": { ...pg, node_count: 2 } },
      "is of PostgreSQL with one node, and this is pg with 2",
    ],
    [
      "another database than PostgreSQL",
      { "digitalocean_database_cluster.db": { ...pg, engine: "valkey" } },
      "and this is valkey with 1",
    ],
    [
      "a database with more storage",
      { "digitalocean_database_cluster.db": { ...pg, storage_size_mib: "61440" } },
      "a digitalocean_database_cluster with storage_size_mib costs",
    ],
    ["a key elsewhere than its layer", { "aws_kms_key.key": { region: "eu-west-1" } }, "with region costs"],
  ])("is made of %s", (_, resources, message) => {
    expect(faultOf(resources)).toContain(message);
  });

  test.each([["eu-central-1"], [undefined]])("is made of Amazon's region %s, which has no prices", (region) => {
    expect(
      failureOf(() => estimateOf([{ ...layer({ "aws_kms_key.key": {} }), providers: { aws: [{ region }] } }])),
    ).toContain(
      `aws_kms_key.key: there are no prices of region ${JSON.stringify(region)}; write them into AMAZON_PRICES of ops/cost/prices.ts, which has us-east-1`,
    );
  });
});

test("the catalogue has no type that no environment has", () => {
  const used = synthesisedLayers(Declaration.of(environmentNamed("production"))).flatMap(({ resources }) =>
    Object.keys(resources),
  );

  expect(Object.keys(BILLING).filter((type) => !used.includes(type))).toEqual([]);
});
