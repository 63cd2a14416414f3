import type { DescribedChange, DescribedPlan } from "../../../ops/adoption/described-plan";
import { judge } from "../../../ops/adoption/judgement";
import { judgementText } from "../../../ops/adoption/judgement-text";
import destroying from "./plan-destroying.json";
import takingOver from "./plan-taking-over.json";

// Terraform's own, of the digitalocean provider and an API that has a machine, a database and a domain made by hand.
const good = judge(takingOver as DescribedPlan);
const bad = judge(destroying as DescribedPlan);
const candidates = ["digitalocean_droplet.manager_1", "digitalocean_firewall.firewall"].map((address) => ({
  name: address.replace(/\w+_(\w+)\..*/, "$1"),
  address,
  importId: (id: string) => id,
}));
const addresses = (changes: readonly { readonly address: string }[]) => changes.map(({ address }) => address);

test("what is taken over as it is, changed and made is told apart, and nothing would be destroyed", () => {
  expect(addresses(good.adopted)).toEqual(["digitalocean_domain.domain"]);
  expect(addresses(good.changed)).toEqual([
    "digitalocean_database_cluster.postgres",
    "digitalocean_database_firewall.postgres_firewall",
    "digitalocean_droplet.manager_1",
  ]);
  expect(addresses(good.made)).toEqual(["digitalocean_firewall.firewall", "digitalocean_spaces_key.spaces_key_core"]);
  expect(good.destroyed).toEqual([]);
});

test("what would be destroyed is found in a plan that Terraform gave up, with the attribute that forces it", () => {
  expect(bad.destroyed.map(({ address, attributes }) => [address, attributes])).toEqual([
    [
      "digitalocean_database_cluster.postgres",
      [
        {
          name: "private_network_uuid",
          inWords: '"77777777-e098-11e5-ad9f-000f53306ae1" → "5a4981aa-9653-4bd1-bef5-d6bff52042e4"',
        },
      ],
    ],
    ["digitalocean_droplet.manager_1", [{ name: "region", inWords: '"fra1" → "nyc3"' }]],
  ]);
});

test("people read what changes and what that does to them, and no secret", () => {
  const text = judgementText(good, candidates);

  expect(text).toContain("Taken over as it is:\n  = digitalocean_domain.domain\n\nChanged where it is:\n");
  expect(text).toContain('\n      version: "16" → "17" (PostgreSQL is upgraded, and there is no way back)\n');
  expect(text).toContain(
    '\n      size: "s-4vcpu-8gb" → "s-8vcpu-16gb" (the machine is switched off for some minutes)\n',
  );
  expect(text).toContain('\n      tags: [] → ["sprocket-production"]');
  expect(text).toContain("there would be two:\n  + digitalocean_firewall.firewall (firewall)\n");
  expect(text).toMatch(/\n\nMade anew:\n {2}\+ digitalocean_spaces_key\.spaces_key_core$/);
  expect(JSON.stringify([takingOver, destroying])).toContain("planted-secret");
  expect([text, judgementText(bad, [])].join()).not.toContain("planted-secret");
});

test("people read what would be destroyed", () => {
  expect(judgementText(bad, [])).toMatch(
    /\n\nWOULD BE DESTROYED, because of what .*:\n {2}-\/\+ digitalocean_database_cluster\.postgres\n {6}private_network_uuid: .*\n {2}-\/\+ digitalocean_droplet\.manager_1\n {6}region: "fra1" → "nyc3"$/,
  );
});

/** A change as Terraform describes it, of one attribute. */
const described = (
  change: Partial<DescribedChange["change"]>,
  more: Partial<DescribedChange> = {},
): DescribedChange => ({
  address: "a.b",
  mode: "managed",
  type: "a",
  ...more,
  change: {
    actions: ["update"],
    before: {},
    after: {},
    after_unknown: {},
    before_sensitive: {},
    after_sensitive: {},
    ...change,
  },
});

test.each([
  ["a removal", described({ actions: ["delete"] }, { action_reason: "delete_because_no_resource_config" })],
  [
    "a replacement that makes the new one first",
    described({ actions: ["create", "delete"] }, { action_reason: "tainted" }),
  ],
])("%s destroys too, and its reason is said where no attribute is", (_, change) => {
  const judgement = judge({ resource_changes: [change] });

  expect(addresses(judgement.destroyed)).toEqual(["a.b"]);
  expect(judgementText(judgement, [])).toContain(`-/+ a.b (${change.action_reason})`);
});

test("what was taken over before, what is only read, and a plan without anything are nothing", () => {
  const nothing = { adopted: [], changed: [], made: [], destroyed: [] };

  expect(judge({ resource_changes: [described({ actions: ["no-op"] })] })).toEqual(nothing);
  expect(judge({ resource_changes: [described({ actions: ["create"] }, { mode: "data" })] })).toEqual(nothing);
  expect(judge({})).toEqual(nothing);
  expect(judgementText(judge({}), [])).toBe("");
});

test.each([
  ["a secret", { before: { x: "one" }, after: { x: "two" }, after_sensitive: { x: true } }, "(sensitive value)"],
  [
    "a secret that is in a list",
    { before: { x: [{ y: "one" }] }, after: { x: [] }, before_sensitive: { x: [{ y: true }] } },
    "(sensitive value)",
  ],
  ["all of it a secret", { before: { x: 1 }, after: { x: 2 }, before_sensitive: true }, "(sensitive value)"],
  ["one that is known later", { before: { x: 1 }, after_unknown: { x: true } }, "1 → (known after apply)"],
  ["one that was not there", { after: { x: true } }, "null → true"],
  ["a long one", { before: { x: "a".repeat(99) } }, `"${"a".repeat(59)}… → null`],
])("of an attribute is shown what may be: %s", (_, change, inWords) => {
  expect(judge({ resource_changes: [described(change)] }).changed[0]?.attributes).toEqual([{ name: "x", inWords }]);
});
