import { Testing } from "cdktf";
import { SLOW_SECONDS } from "../../../config/objectives";
import type { Environment } from "../../../config/schema";
import { HttpRoute } from "../../../constructs/ingress/http-route";
import { Traefik } from "../../../constructs/ingress/traefik";
import { labelsOf, networksOf, providedStack, rendered, serviceOf, smallService } from "../../support/services";
import {
  environmentLike,
  environmentNamed,
  interpolated,
  synthesise,
  type TestStackOptions,
} from "../../support/testing";

const plainLan = environmentLike("lan", { certificates: { kind: "none" } });
const everywhere = [
  { where: "local", environment: environmentNamed("local") },
  { where: "lan", environment: environmentNamed("lan") },
  { where: "lan without TLS", environment: plainLan },
  { where: "staging", environment: environmentNamed("staging") },
  { where: "production", environment: environmentNamed("production") },
];
const encrypted = everywhere.filter(({ environment }) => environment.certificates.kind !== "none");
const plain = everywhere.filter(({ environment }) => environment.certificates.kind === "none");
const LOOPBACK_ONLY = "loopback-only@file";

function addTraefik(options: TestStackOptions) {
  const stack = providedStack(options);
  const networks = networksOf(stack);
  const signInAddress = stack.environment.signIn.kind === "none" ? undefined : "http://sign-in:4180/";
  const traefik = new Traefik(stack, "traefik", { networks, dockerAddress: "proxy:2375", signInAddress });
  return { stack, traefik };
}

/** Traefik as it would be deployed, its two configurations parsed. */
function traefikOf(environment: Environment) {
  const { stack, traefik } = addTraefik({ environment });
  const json = synthesise(stack);
  return {
    traefik,
    json,
    service: serviceOf(json, "traefik"),
    fixed: JSON.parse(rendered(json.locals?.traefik_static)),
    dynamic: JSON.parse(rendered(json.locals?.traefik_dynamic)),
  };
}

describe.each(everywhere)("on $where", ({ environment }) => {
  const { service, fixed, dynamic } = traefikOf(environment);
  const { prefix, platform } = environment;

  test("keeps its API to routed requests and tells nobody about itself", () => {
    expect(fixed.api).toEqual({ dashboard: true, insecure: false });
    expect(fixed.global).toEqual({ checkNewVersion: false, sendAnonymousUsage: false });
  });

  test("logs every request as JSON", () => {
    expect(fixed.accessLog).toEqual({ format: "json" });
    expect(fixed.log).toEqual({ level: "INFO", format: "json" });
  });

  test("answers health and metrics at an entry point that is not published", () => {
    expect(fixed.ping).toEqual({ entryPoint: "internal" });
    expect(fixed.metrics.prometheus.entryPoint).toBe("internal");
    const published = service.endpoint_spec.ports.map((port: any) => `:${port.target_port}`);
    expect(published).not.toContain(fixed.entryPoints.internal.address);
    expect(published).not.toContain(fixed.entryPoints.inside.address);
  });

  test("counts what is answered by service alone, and as slow what the objective calls slow", () => {
    const { buckets, ...others } = fixed.metrics.prometheus;

    // Not by router too: each has many, and nobody looks.
    expect(others).toEqual({ entryPoint: "internal" });
    expect(buckets).toContain(SLOW_SECONDS);
    // The library that counts them takes only such that grow, and the objective could be one of the others.
    expect(buckets).toEqual([...new Set<number>(buckets)].sort((a, b) => a - b));
  });

  test("finds the environment's own services, and new ones within two seconds", () => {
    expect(fixed.providers.swarm).toEqual({
      endpoint: "tcp://proxy:2375",
      exposedByDefault: false,
      network: `${prefix}-ingress-public`,
      refreshSeconds: "2s",
      constraints: `Label(\`sprocket.environment\`, \`${prefix}\`)`,
    });
    expect(labelsOf(service)["sprocket.environment"]).toBe(prefix);
  });

  test("waits for nobody for ever, at any entry point", () => {
    for (const { transport } of Object.values<any>(fixed.entryPoints)) {
      expect(transport).toEqual({
        respondingTimeouts: { readTimeout: "1m", idleTimeout: "3m" },
        lifeCycle: { graceTimeOut: "10s" },
      });
    }
  });

  test("lets the machine itself in at Vault's entry point, and nobody else", () => {
    expect(fixed.entryPoints.vault.http.middlewares).toEqual([LOOPBACK_ONLY]);
    expect(dynamic.http.middlewares["loopback-only"].ipAllowList.sourceRange).toEqual([
      "127.0.0.0/8",
      "::1/128",
      "172.18.0.1",
      ...environment.loopbackSources,
    ]);
  });

  test("lets only the machine itself in at every published entry point of a laptop", () => {
    const published = service.endpoint_spec.ports.map((port: any) => `:${port.target_port}`);
    const open = Object.entries<any>(fixed.entryPoints)
      .filter(([name, { address }]) => name !== "vault" && published.includes(address))
      .filter(([, { http }]) => http.middlewares?.[0] !== LOOPBACK_ONLY)
      .map(([name]) => name);
    expect(open.length === 0).toBe(platform === "laptop");
  });

  test("adds security headers, compresses and asks again, for browsers from outside", () => {
    const { middlewares } = fixed.entryPoints[environment.certificates.kind === "none" ? "web" : "websecure"].http;
    expect(middlewares.slice(-3)).toEqual(["security-headers@file", "compress@file", "retry@file"]);
    expect(dynamic.http.middlewares.compress).toEqual({ compress: {} });
    expect(dynamic.http.middlewares["security-headers"].headers).toMatchObject({
      contentTypeNosniff: true,
      customFrameOptionsValue: "SAMEORIGIN",
      referrerPolicy: "strict-origin-when-cross-origin",
    });
  });

  test("uses no middleware that it does not have", () => {
    const used = [
      ...Object.values<any>(fixed.entryPoints).flatMap(({ http }) => http?.middlewares ?? []),
      ...Object.entries(labelsOf(service)).flatMap(([label, value]) => (label.endsWith(".middlewares") ? [value] : [])),
    ];
    const known = Object.keys(dynamic.http.middlewares).map((name) => `${name}@file`);
    expect(used.filter((name: string) => !known.includes(name))).toEqual([]);
  });

  test("has one address for each entry point", () => {
    const addresses = Object.values<any>(fixed.entryPoints).map(({ address }) => address);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  test("runs once, where the public address leads to, and joins the ingress networks and the socket proxy's", () => {
    const { networks_advanced, placement } = service.task_spec;
    expect(service.mode).toEqual({ replicated: { replicas: 1 } });
    expect(placement.constraints).toEqual([
      environment.platform === "cloud" ? "node.labels.sprocket.data == true" : "node.role == manager",
    ]);
    expect(networks_advanced.map(({ name }: { name: string }) => name)).toEqual([
      "id-of-ingressPublic",
      "id-of-ingressOperators",
      "id-of-dockerApi",
    ]);
  });

  test("shows its dashboard to operators", () => {
    const labels = labelsOf(service);
    expect(labels[`traefik.http.routers.${prefix}-traefik.service`]).toBe("api@internal");
    expect(labels[`traefik.http.routers.${prefix}-traefik.middlewares`]).toBe(
      environment.signIn.kind === "none" ? undefined : "operators@file",
    );
    expect(labels["traefik.swarm.network"]).toBe(`${prefix}-ingress-operators`);
  });
});

describe.each(encrypted)("with TLS, on $where", ({ environment }) => {
  const { service, fixed } = traefikOf(environment);

  test("sends HTTP on to HTTPS", () => {
    expect(fixed.entryPoints.web.http).toEqual({
      redirections: { entryPoint: { to: "websecure", scheme: "https", permanent: true } },
    });
    expect(fixed.entryPoints.websecure.address).toBe(":443");
  });

  test("answers containers without a redirect", () => {
    expect(fixed.entryPoints.inside.address).toBe(":80");
    expect(fixed.entryPoints.inside.http).toEqual({ middlewares: ["retry@file"] });
  });

  test("publishes HTTP, HTTPS and Vault's port", () => {
    expect(service.endpoint_spec.ports.map((port: any) => [port.published_port, port.publish_mode])).toEqual([
      [80, "host"],
      [443, "host"],
      [8200, "host"],
    ]);
  });
});

describe.each(plain)("without TLS, on $where", ({ environment }) => {
  const { service, fixed, dynamic, json, traefik } = traefikOf(environment);

  test("neither redirects nor listens for HTTPS", () => {
    expect(JSON.stringify(fixed)).not.toMatch(/redirections|websecure|"tls"/);
    expect(service.endpoint_spec.ports.map((port: any) => port.published_port)).toEqual([80, 8200]);
  });

  test("has no certificate and asks for none", () => {
    expect(fixed.certificatesResolvers).toBeUndefined();
    expect(dynamic.tls).toBeUndefined();
    expect(json.resource?.docker_secret).toBeUndefined();
    expect(traefik.authorityCertificate).toBeUndefined();
  });
});

test.each([
  {
    name: "production",
    domain: "sprocket.example.org",
    caServer: "https://acme-v02.api.letsencrypt.org/directory",
    storage: "/data/acme-production.json",
  },
  {
    name: "staging",
    domain: "sprocket-staging.example.org",
    caServer: "https://acme-staging-v02.api.letsencrypt.org/directory",
    storage: "/data/acme-staging.json",
  },
])("asks Let's Encrypt for one wildcard certificate, on $name", ({ name, domain, caServer, storage }) => {
  const { fixed, service, json } = traefikOf(environmentNamed(name));
  expect(fixed.entryPoints.websecure.http.tls).toEqual({
    certResolver: "letsencrypt",
    domains: [{ main: domain, sans: [`*.${domain}`] }],
  });
  expect(fixed.certificatesResolvers.letsencrypt.acme).toEqual({
    email: `operations@${domain}`,
    caServer,
    storage,
    dnsChallenge: { provider: "digitalocean" },
  });
  const { env, mounts, secrets } = service.task_spec.container_spec;
  expect(mounts).toEqual([{ type: "volume", source: `sprocket-${name}-traefik-certificates`, target: "/data" }]);
  expect(env).toMatchObject({ DO_AUTH_TOKEN_FILE: "/run/secrets/dns-token" });
  expect(secrets.map((secret: any) => secret.file_name)).toEqual(["/run/secrets/dns-token"]);
  expect(json.resource?.docker_secret?.traefik_dns_token.data).toBe(
    interpolated("base64encode(var.digitalocean_dns_token)"),
  );
  // Traefik makes a record for each proof, and removes it.
  expect(json.variable?.digitalocean_dns_token.description).toContain("domains: read, create, update and delete");
});

test("lets browsers remember HTTPS only for a certificate that they trust", () => {
  const remembering = everywhere
    .filter(({ environment }) => {
      const { dynamic } = traefikOf(environment);
      return dynamic.http.middlewares["security-headers"].headers.stsSeconds !== undefined;
    })
    .map(({ where }) => where);
  expect(remembering).toEqual(["production"]);
});

test("proves itself with the private authority's certificate, on a LAN", () => {
  const { fixed, dynamic, service, traefik } = traefikOf(environmentNamed("lan"));
  expect(fixed.entryPoints.websecure.http.tls).toEqual({});
  expect(dynamic.tls.stores.default.defaultCertificate).toEqual({
    certFile: "/run/secrets/tls.crt",
    keyFile: "/run/secrets/tls.key",
  });
  expect(service.task_spec.container_spec.secrets.map((secret: any) => secret.file_name)).toEqual([
    "/run/secrets/tls.crt",
    "/run/secrets/tls.key",
  ]);
  expect(traefik.authorityCertificate).toBeDefined();
});

test("asks the sign-in about operators", () => {
  const { dynamic } = traefikOf(environmentNamed("lan"));
  expect(dynamic.http.middlewares.operators.forwardAuth).toEqual({
    address: "http://sign-in:4180/",
    trustForwardHeader: false,
    authResponseHeaders: ["X-Auth-Request-User", "X-Auth-Request-Email", "X-Auth-Request-Groups"],
  });
});

test("asks nobody about operators where there is no sign-in", () => {
  const { dynamic } = traefikOf(environmentNamed("local"));
  expect(Object.keys(dynamic.http.middlewares).sort()).toEqual([
    "compress",
    "loopback-only",
    "retry",
    "security-headers",
  ]);
});

test("mounts its configurations where it looks for them", () => {
  const { service } = traefikOf(environmentNamed("local"));
  expect(service.task_spec.container_spec.configs.map((config: any) => config.file_name)).toEqual([
    "/etc/traefik/traefik.yml",
    "/etc/traefik/dynamic.yml",
  ]);
});

test("listens at the ports of its environment, inside as outside", () => {
  const { fixed, service } = traefikOf(environmentLike("lan", { ports: { http: 8080, https: 8443, vault: 18200 } }));
  expect(service.endpoint_spec.ports.map((port: any) => port.published_port)).toEqual([8080, 8443, 18200]);
  expect(fixed.entryPoints).toMatchObject({
    inside: { address: ":8080" },
    websecure: { address: ":8443" },
    vault: { address: ":18200" },
  });
});

test("is known by every public host of its environment, in whichever layer, on both ingress networks", () => {
  const app = Testing.app();
  const { stack } = addTraefik({ app });
  const upper = providedStack({ app, layer: "platform" });
  const other = providedStack({ app, environment: environmentNamed("production") });
  for (const [where, label] of [
    [stack, "vault"],
    [upper, "api"],
    [other, "web"],
  ] as const) {
    const service = smallService(where, label);
    new HttpRoute(where, `${label}-route`, { service, label, port: 1, audience: "public" });
  }
  const aliases = ["api.localhost", "vault.localhost"];
  expect(serviceOf(synthesise(stack), "traefik").task_spec.networks_advanced).toEqual([
    { name: "id-of-ingressPublic", aliases },
    { name: "id-of-ingressOperators", aliases },
    { name: "id-of-dockerApi" },
  ]);
});

test("fails when another route has the dashboard's host", () => {
  const stack = providedStack();
  const service = smallService(stack, "web");
  new HttpRoute(stack, "early", { service, label: "traefik", port: 1, audience: "public" });
  const props = { networks: networksOf(stack), dockerAddress: "proxy:2375" };
  expect(() => new Traefik(stack, "traefik", props)).toThrow(
    "local-layer-1/traefik/dashboard: 1 fault\n  - label: traefik.localhost leads to local-layer-1/early already; write another label",
  );
});

test.each([8100, 8101])("fails when its environment publishes %d, which is one of its own ports inside", (http) => {
  expect(() => traefikOf(environmentLike("local", { ports: { http, https: 443, vault: 8200 } }))).toThrow(
    new RegExp(`ports.*got .*${http}`),
  );
});
