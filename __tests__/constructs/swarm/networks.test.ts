import { OverlayNetwork } from "../../../constructs/swarm/overlay-network";
import {
  TRUST_BOUNDARIES,
  type TrustBoundaryName,
  type TrustNetworkReferences,
  TrustNetworks,
  trustNetworkReferences,
} from "../../../constructs/swarm/trust-networks";
import { interpolated, resolved, swarmStack, synthesise } from "../../support/testing";

describe("an overlay network", () => {
  test("by default leads nowhere but to the services that join it", () => {
    const stack = swarmStack();

    const { reference } = new OverlayNetwork(stack, "redis", { name: "shared-redis" });

    expect(synthesise(stack).resource).toEqual({
      docker_network: { redis: { name: "shared-redis", driver: "overlay", internal: true, attachable: false } },
    });
    expect(resolved(stack, reference)).toEqual({
      name: "shared-redis",
      id: interpolated("docker_network.redis.id"),
    });
  });

  test("can lead to the internet", () => {
    const stack = swarmStack();

    new OverlayNetwork(stack, "egress", { name: "shared-egress", internal: false });

    expect(synthesise(stack).resource?.docker_network?.egress).toMatchObject({ internal: false });
  });
});

describe("the trust boundaries", () => {
  const namesOf = (references: TrustNetworkReferences) => Object.values(references).map(({ name }) => name);
  const stack = swarmStack();
  const networks = new TrustNetworks(stack, "Default");

  test("are one network each, of which only three lead out", () => {
    const made = synthesise(stack).resource?.docker_network ?? {};

    expect(Object.entries(made).map(([id, { name, internal }]) => [id, name, internal])).toEqual([
      ["container_api", "sprocket-local-container-api", true],
      ["docker_api", "sprocket-local-docker-api", true],
      ["egress", "sprocket-local-egress", false],
      ["influxdb", "sprocket-local-influxdb", true],
      ["ingress_operators", "sprocket-local-ingress-operators", false],
      ["ingress_public", "sprocket-local-ingress-public", false],
      ["metrics", "sprocket-local-metrics", true],
      ["object_storage", "sprocket-local-object-storage", true],
      ["postgres", "sprocket-local-postgres", true],
      ["rabbitmq", "sprocket-local-rabbitmq", true],
      ["redis", "sprocket-local-redis", true],
      ["vault", "sprocket-local-vault", true],
    ]);
  });

  test("have the same names whatever the construct is called", () => {
    const { references } = new TrustNetworks(swarmStack(), "trust-networks");

    expect(namesOf(references)).toEqual(namesOf(networks.references));
  });

  test("say who may talk to whom", () => {
    for (const { purpose } of Object.values(TRUST_BOUNDARIES)) {
      expect(purpose).toMatch(/ to |way out/);
    }
  });

  test("are handed on by id", () => {
    const { ids, references } = networks;

    expect(Object.keys(ids).sort()).toEqual(Object.keys(TRUST_BOUNDARIES).sort());
    expect(resolved(stack, [ids.objectStorage, references.objectStorage])).toEqual([
      interpolated("docker_network.object_storage.id"),
      { name: "sprocket-local-object-storage", id: interpolated("docker_network.object_storage.id") },
    ]);
  });

  test("have the same names for the layers above, which are told the ids", () => {
    const ids = Object.fromEntries(Object.keys(TRUST_BOUNDARIES).map((name) => [name, `id of ${name}`]));

    const references = trustNetworkReferences(stack.environment, ids as Record<TrustBoundaryName, string>);

    expect(references.objectStorage).toEqual({ name: "sprocket-local-object-storage", id: "id of objectStorage" });
    expect(namesOf(references)).toEqual(namesOf(networks.references));
  });
});
