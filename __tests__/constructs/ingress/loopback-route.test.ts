import { HttpRoute } from "../../../constructs/ingress/http-route";
import { LoopbackRoute, type LoopbackRouteProps } from "../../../constructs/ingress/loopback-route";
import type { LayerStack } from "../../../constructs/terraform/layer-stack";
import { labelsOf, networksOf, providedStack, serviceOf, smallService } from "../../support/services";
import { environmentNamed, synthesise } from "../../support/testing";

function loopbackRoute(stack: LayerStack, id: string, changes: Partial<LoopbackRouteProps> = {}): LoopbackRoute {
  const network = networksOf(stack).ingressPublic;
  const service = changes.service ?? smallService(stack, `service-of-${id}`);
  return new LoopbackRoute(stack, id, { service, port: 8200, entryPoint: "vault", network, ...changes });
}

test.each(["local", "production"])("takes every request at the entry point, on %s", (name) => {
  const stack = providedStack({ environment: environmentNamed(name) });
  loopbackRoute(stack, "tools");
  const router = `sprocket-${name}-vault_loopback`;
  expect(labelsOf(serviceOf(synthesise(stack), "service-of-tools"))).toEqual({
    "sprocket.environment": `sprocket-${name}`,
    "traefik.enable": "true",
    "traefik.swarm.network": `sprocket-${name}-ingress-public`,
    [`traefik.http.services.${router}.loadbalancer.server.port`]: "8200",
    [`traefik.http.routers.${router}.rule`]: "PathPrefix(`/`)",
    [`traefik.http.routers.${router}.entrypoints`]: "vault",
    [`traefik.http.routers.${router}.service`]: router,
  });
});

test("goes side by side with a public host of the same service", () => {
  const stack = providedStack();
  const service = smallService(stack, "vault");
  loopbackRoute(stack, "tools", { service });
  new HttpRoute(stack, "people", { service, label: "vault", port: 8200, audience: "public" });
  expect(labelsOf(serviceOf(synthesise(stack), "vault"))).toMatchObject({
    "traefik.http.routers.sprocket-local-vault_loopback.entrypoints": "vault",
    "traefik.http.routers.sprocket-local-vault.entrypoints": "web",
  });
});

test("fails on a service that is not on the network", () => {
  const stack = providedStack();
  const network = networksOf(stack).ingressOperators;
  expect(() => loopbackRoute(stack, "tools", { network })).toThrow(
    /local-layer-1\/tools: 1 fault\n.*service: local-layer-1\/service-of-tools is not on sprocket-local-ingress-operators/,
  );
});

test("fails on a network that Traefik does not join", () => {
  const stack = providedStack();
  const network = networksOf(stack).redis;
  const service = smallService(stack, "vault", { networks: [network] });
  expect(() => loopbackRoute(stack, "tools", { service, network })).toThrow(
    /local-layer-1\/tools: 1 fault\n.*network: got sprocket-local-redis/,
  );
});

test.each([0, 1.5, 65_536])("fails on port %d", (port) => {
  expect(() => loopbackRoute(providedStack(), "tools", { port })).toThrow(
    `local-layer-1/tools: 1 fault\n  - port: got ${port}; `,
  );
});

test("fails on an entry point that another service has", () => {
  const stack = providedStack();
  loopbackRoute(stack, "tools");
  expect(() => loopbackRoute(stack, "more-tools")).toThrow(/local-layer-1\/more-tools: 1 fault\n.*entryPoint: /);
});
