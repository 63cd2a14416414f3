import { Testing } from "cdktf";
import { TrustNetworks } from "../../constructs/swarm/trust-networks";
import { trustNetworksOf } from "../../stacks/trust-networks";
import { providedStack, serviceOf, smallService } from "../support/services";
import { interpolated, synthesise } from "../support/testing";

test("a layer above joins the networks that Layer 1 made, by their ids, and is deployed after it", () => {
  const app = Testing.app();
  const lower = providedStack({ app });
  const made = new TrustNetworks(lower, "Default");
  const upper = providedStack({ app, layer: "platform" });
  const read = trustNetworksOf(upper);
  expect(Object.values(read).map(({ name }) => name)).toEqual(Object.values(made.references).map(({ name }) => name));
  smallService(upper, "api", { networks: [read.redis] });
  expect(serviceOf(synthesise(upper), "api").task_spec.networks_advanced).toEqual([
    { name: interpolated("data.terraform_remote_state.layer_1.outputs.network_ids.redis") },
  ]);
  expect(upper.dependencies).toEqual([lower]);
});
