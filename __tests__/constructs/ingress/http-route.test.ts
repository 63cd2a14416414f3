import { Testing } from "cdktf";
import type { Environment } from "../../../config/schema";
import { HttpRoute, type HttpRouteProps } from "../../../constructs/ingress/http-route";
import { LoopbackRoute } from "../../../constructs/ingress/loopback-route";
import type { LayerStack } from "../../../constructs/terraform/layer-stack";
import { labelsOf, networksOf, providedStack, serviceOf, smallService } from "../../support/services";
import { environmentLike, environmentNamed, synthesise } from "../../support/testing";

const plainLan = environmentLike("lan", { certificates: { kind: "none" } });

/** A service with a route, both named after the label. */
function route(stack: LayerStack, label: string, changes: Partial<HttpRouteProps> = {}): HttpRoute {
  const { ingressPublic, ingressOperators } = networksOf(stack);
  const networks = [changes.audience === "operators" ? ingressOperators : ingressPublic];
  const service = smallService(stack, `service-of-${label}`, { networks });
  return new HttpRoute(stack, `route-of-${label}`, { service, label, port: 3000, audience: "public", ...changes });
}

function routedLabels(environment: Environment, audience: HttpRouteProps["audience"]) {
  const stack = providedStack({ environment });
  route(stack, "api", { audience });
  return labelsOf(serviceOf(synthesise(stack), "service-of-api"));
}

describe.each([
  { where: "a laptop", environment: environmentNamed("local"), host: "api.localhost", entryPoint: "web" },
  { where: "a LAN", environment: environmentNamed("lan"), host: "api.192-168-1-20.sslip.io", entryPoint: "websecure" },
  { where: "a LAN without TLS", environment: plainLan, host: "api.192-168-1-20.sslip.io", entryPoint: "web" },
  {
    where: "the cloud",
    environment: environmentNamed("production"),
    host: "api.sprocket.example.org",
    entryPoint: "websecure",
  },
])("on $where", ({ environment, host, entryPoint }) => {
  const { prefix, signIn } = environment;

  test("leads a public host to the service, from outside and from inside", () => {
    expect(routedLabels(environment, "public")).toEqual({
      "sprocket.environment": prefix,
      "traefik.enable": "true",
      "traefik.swarm.network": `${prefix}-ingress-public`,
      [`traefik.http.services.${prefix}-api.loadbalancer.server.port`]: "3000",
      [`traefik.http.routers.${prefix}-api.rule`]: `Host(\`${host}\`)`,
      [`traefik.http.routers.${prefix}-api.entrypoints`]: entryPoint,
      [`traefik.http.routers.${prefix}-api.service`]: `${prefix}-api`,
      [`traefik.http.routers.${prefix}-api_inside.rule`]: `Host(\`${host}\`)`,
      [`traefik.http.routers.${prefix}-api_inside.entrypoints`]: "inside",
      [`traefik.http.routers.${prefix}-api_inside.service`]: `${prefix}-api`,
    });
  });

  test("leads an operators' host to the service from outside only, after sign-in where there is one", () => {
    expect(routedLabels(environment, "operators")).toEqual({
      "sprocket.environment": prefix,
      "traefik.enable": "true",
      "traefik.swarm.network": `${prefix}-ingress-operators`,
      [`traefik.http.services.${prefix}-api.loadbalancer.server.port`]: "3000",
      [`traefik.http.routers.${prefix}-api.rule`]: `Host(\`${host}\`)`,
      [`traefik.http.routers.${prefix}-api.entrypoints`]: entryPoint,
      [`traefik.http.routers.${prefix}-api.service`]: `${prefix}-api`,
      ...(signIn.kind === "none" ? {} : { [`traefik.http.routers.${prefix}-api.middlewares`]: "operators@file" }),
    });
  });
});

test("leads the bare domain to a service", () => {
  const stack = providedStack({ environment: environmentNamed("production") });
  const { host } = new HttpRoute(stack, "apex", {
    service: smallService(stack, "web"),
    label: "@",
    port: 80,
    audience: "public",
  });
  expect(host).toBe("sprocket.example.org");
  expect(labelsOf(serviceOf(synthesise(stack), "web"))).toMatchObject({
    "traefik.http.routers.sprocket-production-_apex.rule": "Host(`sprocket.example.org`)",
  });
});

test("leads to Traefik's own pages where told so", () => {
  const stack = providedStack();
  route(stack, "traefik", { backend: "api@internal" });
  expect(labelsOf(serviceOf(synthesise(stack), "service-of-traefik"))).toMatchObject({
    "traefik.http.routers.sprocket-local-traefik.service": "api@internal",
  });
});

test.each([
  { audience: "public", routers: ["api", "api_inside"] },
  { audience: "operators", routers: ["api"] },
] as const)("leads $audience to no closed path, by any router", ({ audience, routers }) => {
  const stack = providedStack();
  route(stack, "api", { audience, closedPaths: "^/(admin|debug)(/|$)" });
  const labels = Object.entries(labelsOf(serviceOf(synthesise(stack), "service-of-api")));
  expect(labels.filter(([label]) => label.endsWith(".rule"))).toEqual(
    routers.map((router) => [
      `traefik.http.routers.sprocket-local-${router}.rule`,
      "Host(`api.localhost`) && !PathRegexp(`^/(admin|debug)(/|$)`)",
    ]),
  );
});

test("leads several hosts to one service", () => {
  const stack = providedStack();
  const service = smallService(stack, "web");
  for (const label of ["www", "beta"]) {
    new HttpRoute(stack, label, { service, label, port: 3000, audience: "public" });
  }
  expect(labelsOf(serviceOf(synthesise(stack), "web"))).toMatchObject({
    "traefik.http.routers.sprocket-local-www.rule": "Host(`www.localhost`)",
    "traefik.http.routers.sprocket-local-beta.rule": "Host(`beta.localhost`)",
  });
});

test("lists the routes of its environment in every layer, and of no other", () => {
  const app = Testing.app();
  const other = environmentLike("local", { name: "other", prefix: "other" });
  const lower = providedStack({ app });
  const upper = providedStack({ app, layer: "platform" });
  const elsewhere = providedStack({ app, environment: other });
  const routes = [route(lower, "api"), route(upper, "web")];
  const same = route(elsewhere, "api");
  expect(same.host).toBe("api.localhost");
  expect(HttpRoute.all(upper)).toEqual(routes);
  expect(HttpRoute.all(elsewhere)).toEqual([same]);
});

test.each([
  { layers: "within a stack", upperLayer: "layer-1" },
  { layers: "across layers", upperLayer: "platform" },
] as const)("fails on a host that another route has, $layers", ({ upperLayer }) => {
  const app = Testing.app();
  const lower = providedStack({ app });
  const upper = upperLayer === lower.layer ? lower : providedStack({ app, layer: upperLayer });
  route(lower, "api");
  const service = smallService(upper, "web");
  expect(() => new HttpRoute(upper, "late", { service, label: "api", port: 1, audience: "public" })).toThrow(
    [
      `local-${upperLayer}/late: 1 fault`,
      "  - label: api.localhost leads to local-layer-1/route-of-api already; write another label",
    ].join("\n"),
  );
});

test("gives every route routers and servers of its own, whatever the labels", () => {
  const stack = providedStack();
  const labels = ["@", "apex", "api", "api-inside", "vault", "vault-loopback"];
  for (const [index, label] of labels.entries()) {
    const service = smallService(stack, `service-${index}`);
    new HttpRoute(stack, `route-${index}`, { service, label, port: 1, audience: "public" });
  }
  const vault = smallService(stack, "vault");
  new LoopbackRoute(stack, "tools", {
    service: vault,
    port: 1,
    entryPoint: "vault",
    network: networksOf(stack).ingressPublic,
  });
  const names = Object.values(synthesise(stack).resource?.docker_service ?? {}).flatMap((service) =>
    Object.keys(labelsOf(service)).filter((label) => /\.(rule|port)$/.test(label)),
  );
  expect(names).toHaveLength(3 * labels.length + 2);
  expect(new Set(names).size).toBe(names.length);
});

test.each(["", "Api", "api.v2", "-api", "api-", "a_b", "a".repeat(64), "api`) || Host(`x"])(
  "fails on the label '%s'",
  (label) => {
    const stack = providedStack();
    const service = smallService(stack, "web");
    expect(() => new HttpRoute(stack, "bad", { service, label, port: 1, audience: "public" })).toThrow(
      `local-layer-1/bad: 1 fault\n  - label: got "${label}"; write lower-case letters, digits and hyphens, or "@"`,
    );
  },
);

test.each(["", "^/a`"])("fails on the closed paths %j, which would close all or break the rule", (closedPaths) => {
  const stack = providedStack();
  expect(() => route(stack, "api", { closedPaths })).toThrow(
    `local-layer-1/route-of-api: 1 fault\n  - closedPaths: got "${closedPaths}"; write a regular expression`,
  );
});

test.each([0, -1, 1.5, 65_536, Number.NaN])("fails on port %d", (port) => {
  const stack = providedStack();
  expect(() => route(stack, "api", { port })).toThrow(
    `local-layer-1/route-of-api: 1 fault\n  - port: got ${port}; write the port at which the containers answer`,
  );
});

test("leads the public to a service that only operators' tools may reach from inside", () => {
  const stack = providedStack();
  const service = smallService(stack, "vault", { networks: [networksOf(stack).ingressOperators] });
  new HttpRoute(stack, "route", { service, label: "vault", port: 1, audience: "public" });
  expect(labelsOf(serviceOf(synthesise(stack), "vault"))).toMatchObject({
    "traefik.swarm.network": "sprocket-local-ingress-operators",
    "traefik.http.routers.sprocket-local-vault_inside.entrypoints": "inside",
  });
});

test.each([
  {
    audience: "public",
    joined: "redis",
    missing: "sprocket-local-ingress-public or sprocket-local-ingress-operators",
  },
  { audience: "operators", joined: "ingressPublic", missing: "sprocket-local-ingress-operators" },
] as const)("fails on a service for $audience that is only on $joined", ({ audience, joined, missing }) => {
  const stack = providedStack();
  const service = smallService(stack, "web", { networks: [networksOf(stack)[joined]] });
  expect(() => new HttpRoute(stack, "bad", { service, label: "web", port: 1, audience })).toThrow(
    `local-layer-1/bad: 1 fault\n  - service: local-layer-1/web is not on ${missing}, by which Traefik reaches what is for ${audience}; join it there`,
  );
});

describe("who asks it and not Traefik", () => {
  test("finds its service, by the same port", () => {
    const { direct, port } = route(providedStack(), "api");

    expect({ direct, port }).toEqual({ direct: "sprocket-local-service-of-api:3000", port: 3000 });
  });

  test("finds nothing where Traefik itself answers", () => {
    expect(route(providedStack(), "traefik", { backend: "api@internal" }).direct).toBeUndefined();
  });
});

test.each([
  ["api", {}, "sprocket-local-api@swarm"],
  ["@", {}, "sprocket-local-_apex@swarm"],
  ["traefik", { backend: "api@internal" }, "api@internal"],
] as const)("is what Traefik calls it in its metrics: %s", (label, changes, name) => {
  const stack = providedStack();
  const { traefikService } = new HttpRoute(stack, "route", {
    service: smallService(stack, "web"),
    label,
    port: 1,
    audience: "public",
    ...changes,
  });
  const labels = Object.keys(labelsOf(serviceOf(synthesise(stack), "web")));

  expect(traefikService).toBe(name);
  // The name that the labels give it, where they do.
  expect(labels.includes(`traefik.http.services.${name.replace("@swarm", "")}.loadbalancer.server.port`)).toBe(
    name.endsWith("@swarm"),
  );
});

test("fails with everything that is wrong at once", () => {
  const stack = providedStack();
  const service = smallService(stack, "web", { networks: [networksOf(stack).redis] });
  expect(() => new HttpRoute(stack, "bad", { service, label: "Web", port: 0, audience: "public" })).toThrow(
    /^local-layer-1\/bad: 3 faults\n {2}- label: .*\n {2}- port: .*\n {2}- service: /,
  );
});

test("fails for a service on both networks that is to be seen by both audiences", () => {
  const stack = providedStack();
  const { ingressPublic, ingressOperators } = networksOf(stack);
  const service = smallService(stack, "web", { networks: [ingressPublic, ingressOperators] });
  new HttpRoute(stack, "for-all", { service, label: "web", port: 1, audience: "public" });
  expect(() => new HttpRoute(stack, "for-few", { service, label: "admin", port: 1, audience: "operators" })).toThrow(
    "audience: Traefik reaches a service by one network, and local-layer-1/for-all took sprocket-local-ingress-public",
  );
});
