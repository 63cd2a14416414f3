import { nearest } from "../../ops/nearest";

test.each([
  ["local-layr1", "local-layer-1"],
  ["local_layer_2", "local-layer-2"],
  ["platform", "local-platform"],
  ["local-layer-2", "local-layer-2"],
  ["", "local-layer-1"],
])("%j is nearest to %s", (given, meant) => {
  expect(nearest(given, ["local-layer-1", "local-layer-2", "local-platform"])).toBe(meant);
});
