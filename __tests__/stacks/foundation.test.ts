import { cloudLike, foundationOf } from "../support/cloud";
import { addressesOf, environmentNamed, interpolated } from "../support/testing";

const json = foundationOf(environmentNamed("staging"));
const resources = json.resource as Record<string, Record<string, any>>;

function machinesOf(changes: Parameters<typeof cloudLike>[0]): Record<string, any> {
  return (foundationOf(cloudLike(changes)).resource as any).digitalocean_droplet;
}

test("hands on where the Swarm is, as whom Docker is reached there, and all secrets as secrets", () => {
  const { output = {} } = json;

  expect(output.docker_host.value).toBe(`ssh://deploy@${interpolated("digitalocean_reserved_ip.public.ip_address")}`);
  expect(Object.keys(output).filter((name) => output[name].sensitive)).toEqual([
    "database_admin_password",
    "spaces_secret_access_keys",
  ]);
});

test("has no secret, and asks the environment for what opens the account", () => {
  expect(json.provider).toEqual({ digitalocean: [{}] });
});

test.each([
  [{}, ["manager_1"]],
  [{ managers: 3 as const }, ["manager_1", "manager_2", "manager_3"]],
  [{ managers: 3 as const, workers: 2 }, ["manager_1", "manager_2", "manager_3", "worker_1", "worker_2"]],
])("%j are these machines, in one network, of which one has the volume", (changes, names) => {
  const machines = machinesOf(changes);

  expect(Object.keys(machines)).toEqual(names);
  for (const [name, { vpc_uuid, tags, volume_ids, lifecycle }] of Object.entries(machines)) {
    const isFirst = name === "manager_1";
    expect({ vpc_uuid, tags }).toEqual({
      vpc_uuid: interpolated("digitalocean_vpc.network.id"),
      tags: [interpolated("digitalocean_tag.tag.name")],
    });
    expect(volume_ids).toEqual(isFirst ? [interpolated("digitalocean_volume.data.id")] : undefined);
    // Others are made anew, or fewer, by a change of the environment's file.
    expect(lifecycle.prevent_destroy).toBe(isFirst ? true : undefined);
  }
});

test("all machines are behind the firewall, watched, in the project and among the outputs", () => {
  const { resource = {}, output = {} } = foundationOf(cloudLike({ managers: 3, workers: 1 }));
  const every = (attribute: string) =>
    ["manager_1", "manager_2", "manager_3", "worker_1"].map((name) => `\${digitalocean_droplet.${name}.${attribute}}`);

  const tag = interpolated("digitalocean_tag.tag.name");
  expect((resource as any).digitalocean_firewall.firewall.tags).toEqual([tag]);
  expect(Object.values<any>((resource as any).digitalocean_droplet).map(({ tags }) => tags)).toEqual(
    every("id").map(() => [tag]),
  );
  expect((resource as any).digitalocean_monitor_alert.alert_machine_disk.entities).toEqual(every("id"));
  expect((resource as any).digitalocean_project_resources.project_resources.resources).toEqual(
    expect.arrayContaining(every("urn")),
  );
  expect(output.public_addresses.value).toEqual(every("ipv4_address"));
  expect(output.private_addresses.value).toEqual(every("ipv4_address_private"));
});

test("the address that the world knows leads to the machine with the data, and every name to the address", () => {
  expect(resources.digitalocean_reserved_ip_assignment?.public_assignment.droplet_id).toBe(
    interpolated("digitalocean_droplet.manager_1.id"),
  );
  expect(
    Object.values(resources.digitalocean_record ?? {}).map(({ type, name, value, tag }) => [type, name, tag ?? value]),
  ).toEqual([
    ["A", "@", interpolated("digitalocean_reserved_ip.public.ip_address")],
    ["CAA", "@", "issue"],
    ["CAA", "@", "issuewild"],
    ["A", "*", interpolated("digitalocean_reserved_ip.public.ip_address")],
  ]);
});

test("people sign in to machines from the named addresses alone", () => {
  const rules = resources.digitalocean_firewall?.firewall.inbound_rule as any[];

  expect(rules.filter(({ port_range: port }) => port === "22")).toEqual([
    { protocol: "tcp", port_range: "22", source_addresses: ["203.0.113.0/24"] },
  ]);
});

test("machines talk about the Swarm in their own network alone", () => {
  const rules = resources.digitalocean_firewall?.firewall.inbound_rule as any[];
  const swarm = rules.filter(({ port_range: port }) => ["2377", "7946", "4789"].includes(port));

  expect(swarm.map(({ protocol, port_range: port }) => `${protocol} ${port}`)).toEqual([
    "tcp 2377",
    "tcp 7946",
    "udp 7946",
    "udp 4789",
  ]);
  expect(new Set(swarm.flatMap(({ source_addresses: sources }) => sources))).toEqual(new Set(["10.61.0.0/20"]));
});

test("each user of a bucket has a key that opens it and no other", () => {
  const keys = resources.digitalocean_spaces_key as Record<string, any>;

  expect(Object.keys(keys)).toHaveLength(7);
  expect(keys.spaces_key_discord_bot.grant).toEqual([
    { bucket: interpolated("digitalocean_spaces_bucket.spaces_images.name"), permission: "read" },
  ]);
  expect(Object.values(keys).every(({ grant }) => grant.length === 1)).toBe(true);
});

test("a change of the number of machines touches no address of another", () => {
  const before = addressesOf(json);
  const after = addressesOf(foundationOf(cloudLike({ managers: 3, workers: 2 })));

  expect(before.filter((address) => !after.includes(address))).toEqual([]);
  expect(after.filter((address) => !before.includes(address))).toEqual([
    "digitalocean_droplet.manager_2",
    "digitalocean_droplet.manager_3",
    "digitalocean_droplet.worker_1",
    "digitalocean_droplet.worker_2",
  ]);
});
