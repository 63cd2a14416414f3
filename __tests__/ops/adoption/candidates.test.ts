import type { LayerStack } from "../../../constructs/terraform/layer-stack";
import { candidatesOf } from "../../../ops/adoption/candidates";
import { KINDS } from "../../../ops/adoption/kinds";
import { Declaration } from "../../../ops/declaration/declaration";
import { environmentNamed } from "../../support/testing";

const environment = environmentNamed("production");
const foundation = Declaration.of(environment).layers.find(({ layer }) => layer === "foundation") as LayerStack;
const candidates = candidatesOf(foundation);
const named = (name: string) =>
  candidates.filter((candidate) => candidate.name === name).map(({ address, importId }) => [address, importId("ID")]);

test.each([
  ["vpc", [["digitalocean_vpc.network", "ID"]]],
  ["droplet.manager-1", [["digitalocean_droplet.manager_1", "ID"]]],
  ["ssh-key.operations", [["digitalocean_ssh_key.key_operations", "ID"]]],
  ["record.apex", [["digitalocean_record.domain_apex", "sprocket.example.org,ID"]]],
  ["bucket.images", [["digitalocean_spaces_bucket.spaces_images", "nyc3,ID"]]],
  [
    "database",
    [
      ["digitalocean_database_cluster.postgres", "ID"],
      ["digitalocean_database_firewall.postgres_firewall", "ID"],
    ],
  ],
])("%s is taken over as the provider wants it", (name, wanted) => {
  expect(named(name)).toEqual(wanted);
});

test("every kind is of the foundation, which says that none is misspelt", () => {
  const types = new Set(candidates.map(({ address }) => address.split(".")[0]));

  expect([...types].sort()).toEqual(Object.keys(KINDS).sort());
});

test("two that cannot be told apart have no name in common, but for the database and its firewall", () => {
  const counts = new Map<string, number>();
  for (const { name } of candidates) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }

  expect([...counts].filter(([, count]) => count > 1)).toEqual([["database", 2]]);
});
