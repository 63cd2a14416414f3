import { Testing } from "cdktf";
import { MetricsEndpoint } from "../../../constructs/observability/metrics-endpoint";
import { smallService } from "../../support/services";
import { environmentNamed, failureOf, swarmStack } from "../../support/testing";

test.each([0, -1, 1.5, 65_536, Number.NaN])("fails for the port %p, which is none", (port) => {
  const stack = swarmStack();
  const service = smallService(stack, "web");

  expect(failureOf(() => new MetricsEndpoint(stack, "metrics", { service, port }))).toBe(
    `local-platform/metrics: 1 fault\n  - port: got ${port}; write the port at which the containers answer`,
  );
});

test("is found in every layer of its environment, and in no other environment's", () => {
  const app = Testing.app();
  const stacks = [
    swarmStack({ app, layer: "layer-1" }),
    swarmStack({ app, layer: "platform" }),
    swarmStack({ app, layer: "layer-1", environment: environmentNamed("production") }),
  ];
  for (const stack of stacks) {
    new MetricsEndpoint(stack, "metrics", { service: smallService(stack, `of-${stack.layer}`), port: 1 });
  }
  const found = stacks.map((stack) => MetricsEndpoint.all(stack).map(({ node }) => node.path));

  expect(found).toEqual([
    ["local-layer-1/metrics", "local-platform/metrics"],
    ["local-layer-1/metrics", "local-platform/metrics"],
    ["production-layer-1/metrics"],
  ]);
});

describe("what its measurements are called together", () => {
  test("is the service's name as people say it, unless told otherwise", () => {
    const stack = swarmStack();
    const service = smallService(stack, "web");

    expect(new MetricsEndpoint(stack, "metrics", { service, port: 1 }).job).toBe("web");
    expect(new MetricsEndpoint(stack, "others", { service, port: 1, job: "pages" }).job).toBe("pages");
  });

  test("fails for what another endpoint of the environment is called, which Prometheus would refuse", () => {
    const app = Testing.app();
    const below = swarmStack({ app, layer: "layer-1" });
    const stack = swarmStack({ app });
    new MetricsEndpoint(below, "metrics", { service: smallService(below, "web"), port: 1 });
    const service = smallService(stack, "other");

    expect(failureOf(() => new MetricsEndpoint(stack, "metrics", { service, port: 1, job: "web" }))).toBe(
      "local-platform/metrics: 1 fault\n  - job: local-layer-1/metrics is called web already; write another name",
    );
  });

  test("may be the same in another environment", () => {
    const app = Testing.app();
    const stacks = ["local", "lan"].map((name) => swarmStack({ app, environment: environmentNamed(name) }));

    expect(
      stacks.map(
        (stack) => new MetricsEndpoint(stack, "metrics", { service: smallService(stack, "web"), port: 1 }).job,
      ),
    ).toEqual(["web", "web"]);
  });
});
