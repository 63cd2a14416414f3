import { Testing } from "cdktf";
import type { Environment } from "../../../config/schema";
import { HttpRoute, type HttpRouteProps } from "../../../constructs/ingress/http-route";
import { StatusPage } from "../../../constructs/observability/status-page";
import { SwarmConfig } from "../../../constructs/swarm/swarm-config";
import type { LayerStack } from "../../../constructs/terraform/layer-stack";
import { configsOf, dataStack, filesInContainer } from "../../support/data";
import { labelsOf, networksOf, serviceOf, smallService } from "../../support/services";
import { environmentLike, environmentNamed, swarmStack, synthesise } from "../../support/testing";

const CONFIGURATION_PATH = "/config/config.yaml";
const AUTHORITY = "-----BEGIN CERTIFICATE-----";

/** A service with a route, both named after the label. */
function route(stack: LayerStack, label: string, changes: Partial<HttpRouteProps> = {}): void {
  const id = label.replace("@", "apex");
  const { ingressPublic, ingressOperators } = networksOf(stack);
  const networks = [changes.audience === "operators" ? ingressOperators : ingressPublic];
  const service = smallService(stack, `${id}-service`, { networks });
  new HttpRoute(stack, `${id}-route`, { service, label, port: 3000, audience: "public", ...changes });
}

function statusPage(environment: Environment, { private: isPrivate = false } = {}) {
  const app = Testing.app();
  const { stack, networks } = dataStack({ app, environment });
  const below = swarmStack({ app, environment, layer: "layer-1" });
  const above = swarmStack({ app, environment, layer: "platform" });
  const foreign = swarmStack({ app, environment: environmentLike("local", { name: "other", prefix: "other" }) });
  const authority = isPrivate ? new SwarmConfig(stack, "authority", { content: AUTHORITY }) : undefined;
  new StatusPage(stack, "status-page", { networks, authority });
  route(below, "auth", { probe: { path: "/ping", status: 202 } });
  route(below, "traefik", { audience: "operators", backend: "api@internal" });
  route(stack, "grafana", { audience: "operators", probe: { path: "/api/health", status: 200 } });
  route(above, "@");
  route(above, "api", { probe: { path: "/healthz", status: 204 } });
  route(foreign, "elsewhere");
  const json = synthesise(stack);
  const configuration = JSON.parse(filesInContainer(json, "status_page")[CONFIGURATION_PATH] ?? "");
  return { json, configuration, endpoints: configuration.endpoints, service: serviceOf(json, "status-page") };
}

const production = statusPage(environmentNamed("production"));
const staging = statusPage(environmentNamed("staging"));
const lan = statusPage(environmentNamed("lan"), { private: true });
const local = statusPage(environmentNamed("local"));

describe("asks", () => {
  const asked = ({ endpoints }: typeof local) => endpoints.map(({ name, url }: any) => [name, url]);

  test("every public route of every layer by Traefik, operators' ones behind their sign-in, and not what Traefik shows of itself", () => {
    expect(asked(production)).toEqual([
      ["api.sprocket.example.org", "https://api.sprocket.example.org:443/healthz"],
      ["auth.sprocket.example.org", "https://auth.sprocket.example.org:443/ping"],
      ["grafana.sprocket.example.org", "http://sprocket-production-grafana-service:3000/api/health"],
      ["sprocket.example.org", "https://sprocket.example.org:443/"],
      ["status.sprocket.example.org", "https://status.sprocket.example.org:443/health"],
    ]);
  });

  test("a laptop's own name, which in a container is the container's, of Traefik by another that it has", () => {
    expect(asked(local)).toEqual([
      ["api.localhost", "http://api.localhost:80/healthz"],
      ["auth.localhost", "http://auth.localhost:80/ping"],
      ["grafana.localhost", "http://sprocket-local-grafana-service:3000/api/health"],
      ["localhost", "http://status.localhost:80/"],
      ["status.localhost", "http://status.localhost:80/health"],
    ]);
    expect(
      local.endpoints.map(({ name, headers }: any) => [name, headers]).filter(([, headers]: any) => headers),
    ).toEqual([["localhost", { Host: "localhost" }]]);
  });

  test("at the ports that people use", () => {
    const moved = statusPage(environmentLike("lan", { ports: { http: 8080, https: 8443, vault: 8200 } }));

    expect(moved.endpoints[0].url).toBe("https://192-168-1-20.sslip.io:8443/");
  });

  test("for the answer that each gives while all is well, and follows no redirect", () => {
    expect(production.endpoints.map(({ conditions }: any) => conditions)).toEqual([
      ["[STATUS] == 204"],
      ["[STATUS] == 202"],
      ["[STATUS] == 200"],
      ["[STATUS] == 200"],
      ["[STATUS] == 200"],
    ]);
    expect(production.endpoints.filter(({ client }: any) => client["ignore-redirect"] !== true)).toEqual([]);
  });

  test("in two groups, by who may enter", () => {
    expect(production.endpoints.map(({ group }: any) => group)).toEqual([
      "public",
      "public",
      "operators",
      "public",
      "public",
    ]);
  });
});

describe("trusts", () => {
  test.each([
    ["production", production, false],
    ["staging, whose authority nobody trusts", staging, true],
    ["a LAN", lan, false],
    ["a laptop", local, false],
  ])("any certificate, on %s: %p", (_, { endpoints }, insecure) => {
    expect(endpoints.map(({ client }: any) => client.insecure)).toEqual(endpoints.map(() => insecure));
  });

  test("the environment's own authority where it has one", () => {
    const { SSL_CERT_FILE } = lan.service.task_spec.container_spec.env;

    expect(configsOf(lan.json, "status_page")[SSL_CERT_FILE]).toBe(AUTHORITY);
  });

  test("what everybody trusts otherwise", () => {
    expect(production.service.task_spec.container_spec.env).toEqual({ GATUS_CONFIG_PATH: CONFIGURATION_PATH });
    expect(Object.keys(configsOf(production.json, "status_page"))).toEqual([CONFIGURATION_PATH]);
  });
});

describe("shows", () => {
  test("everybody what works, by a public route, and nobody what is for Prometheus", () => {
    expect(labelsOf(production.service)).toMatchObject({
      "traefik.http.routers.sprocket-production-status.rule":
        "Host(`status.sprocket.example.org`) && !PathRegexp(`^/metrics`)",
      "traefik.http.services.sprocket-production-status.loadbalancer.server.port": String(
        production.configuration.web.port,
      ),
    });
    expect(labelsOf(production.service)).not.toHaveProperty(
      "traefik.http.routers.sprocket-production-status.middlewares",
    );
  });

  test("nobody where it asks, and what went wrong there", () => {
    const shown = production.endpoints.map(({ ui }: any) => ui);

    expect(shown).toEqual(shown.map(() => ({ "hide-hostname": true, "hide-url": true, "hide-errors": true })));
  });

  test("what it asked since it started: Prometheus keeps what was before", () => {
    expect(production.configuration).not.toHaveProperty("storage");
    expect(production.service.task_spec.container_spec.mounts).toEqual([]);
  });
});

test("tells Prometheus too, on the network of operators' pages, and is on no other", () => {
  expect(production.configuration.metrics).toBe(true);
  expect(production.service.task_spec.networks_advanced).toEqual([{ name: "id-of-ingressOperators" }]);
});
