import { SocketProxy } from "../../constructs/ingress/socket-proxy";
import { Traefik } from "../../constructs/ingress/traefik";
import { ContainerApiProxy } from "../../constructs/observability/container-api-proxy";
import { synthesiseEverything } from "../support/synthesis";
import { type DeployedEnvironment, type DeployedService, deployedEnvironments, isMadeBy } from "./deployed";
import { environmentPolicies } from "./environment-policies";

let environments: readonly DeployedEnvironment[];
beforeAll(() => {
  environments = deployedEnvironments(synthesiseEverything());
});

describe.each(Object.keys(environmentPolicies))("every environment %s", (policy) => {
  test("as synthesised", () => {
    expect(environments.flatMap((deployed) => environmentPolicies[policy]?.(deployed) ?? [])).toEqual([]);
  });

  test("or the policy says so", () => {
    expect(doctored.filter((each) => each.policy === policy)).not.toHaveLength(0);
  });
});

test("the policies see a Traefik, both socket proxies and every network of each environment", () => {
  expect(environments).not.toHaveLength(0);
  for (const { services } of environments) {
    expect(services.filter((service) => isMadeBy(service, Traefik))).toHaveLength(1);
    expect(services.filter((service) => isMadeBy(service, SocketProxy))).toHaveLength(1);
    expect(services.filter((service) => isMadeBy(service, ContainerApiProxy))).toHaveLength(1);
    expect(services.flatMap(({ networks }) => networks).filter((network) => network.includes("${"))).toEqual([]);
  }
});

/** A service to put beside those of `production`, in the same terms. */
function intruder({ labels = {}, networks = [] }: { labels?: Record<string, string>; networks?: readonly string[] }) {
  const json = { labels: Object.entries(labels).map(([label, value]) => ({ label, value })) };
  return { name: "intruder", json, owners: [], networks } satisfies DeployedService;
}

const PUBLIC = "sprocket-production-ingress-public";
const CONTAINER_API = "sprocket-production-container-api";
const SHARED =
  "lets a container API's proxy and the collector that measures the machine share one network, which nobody else joins";
const ALONE =
  "lets no application join a network with what trusts a header or asks nobody to sign in, but for those behind the same sign-in";
const INGRESS_OPERATORS = "sprocket-production-ingress-operators";
const routed = { "traefik.enable": "true", "traefik.swarm.network": PUBLIC };

const doctored: readonly {
  readonly policy: string;
  readonly change: (services: readonly DeployedService[]) => readonly DeployedService[];
  readonly offence: string;
}[] = [
  {
    policy: "gives no host to two routers at one entry point",
    change: beside({
      labels: {
        "traefik.http.routers.other.rule": "Host(`free.example.org`) || Host(`Auth.sprocket.example.org`)",
        "traefik.http.routers.other.entrypoints": "websecure",
      },
    }),
    offence: "intruder: auth.sprocket.example.org at websecure is production-layer-1 docker_service.sign_in's",
  },
  {
    policy: "gives no host to two routers at one entry point",
    change: beside({
      labels: {
        "traefik.http.routers.other.rule": "PathPrefix(`/`)",
        "traefik.http.routers.other.entrypoints": "internal,vault",
      },
    }),
    offence: "intruder: PathPrefix(`/`) at vault is production-layer-1 docker_service.vault's",
  },
  {
    policy: "gives no name to routers of two services",
    change: beside({ labels: { "traefik.http.routers.sprocket-production-auth.rule": "Host(`x`)" } }),
    offence: "intruder: the router sprocket-production-auth is production-layer-1 docker_service.sign_in's",
  },
  {
    policy: "gives no name to servers of two services",
    change: beside({ labels: { "traefik.http.services.sprocket-production-auth.loadbalancer.server.port": "1" } }),
    offence: "intruder: the Traefik service sprocket-production-auth is production-layer-1 docker_service.sign_in's",
  },
  {
    policy: "has one Traefik, which reaches every routed service",
    change: beside({ labels: routed, networks: ["sprocket-production-redis"] }),
    offence: `intruder: it is not on ${PUBLIC}`,
  },
  {
    policy: "has one Traefik, which reaches every routed service",
    change: beside({
      labels: { ...routed, "traefik.swarm.network": "sprocket-production-redis" },
      networks: ["sprocket-production-redis"],
    }),
    offence: "intruder: Traefik is not on sprocket-production-redis",
  },
  {
    policy: "has one Traefik, which reaches every routed service",
    change: beside({ labels: { "traefik.enable": "true" }, networks: [PUBLIC] }),
    offence: "intruder: no label says by which network Traefik reaches it",
  },
  {
    policy: "has one Traefik, which reaches every routed service",
    change: beside({ labels: { "traefik.http.routers.other.rule": "Host(`x`)" }, networks: [PUBLIC] }),
    offence: "intruder: it has labels for Traefik, which is not told to read them",
  },
  {
    policy: "has one Traefik, which reaches every routed service",
    change: (services) => [...services, ...services.filter(isTraefik).map((each) => ({ ...each, name: "intruder" }))],
    offence: "intruder: it is a Traefik beside production-layer-1 docker_service.traefik",
  },
  {
    policy: "lets Traefik join nothing but the ingress networks and the socket proxy's",
    change: (services) =>
      services.map((each) =>
        isTraefik(each) ? { ...each, networks: [...each.networks, "sprocket-production-redis"] } : each,
      ),
    offence: "production-layer-1 docker_service.traefik: it joins sprocket-production-redis",
  },
  {
    policy: "lets nobody but Traefik join a socket proxy's network",
    change: beside({ networks: ["sprocket-production-docker-api"] }),
    offence: "intruder: it joins sprocket-production-docker-api",
  },
  {
    policy: SHARED,
    change: beside({ networks: [CONTAINER_API] }),
    offence: `intruder: it joins ${CONTAINER_API}`,
  },
  ...[
    { id: "traefik", layer: "layer-1", network: CONTAINER_API },
    { id: "data_metrics", layer: "layer-2", network: CONTAINER_API },
    { id: "log_collector", layer: "layer-2", network: CONTAINER_API },
    { id: "node_metrics_docker", layer: "layer-2", network: "sprocket-production-metrics" },
  ].map(({ id, layer, network }) => ({
    policy: SHARED,
    change: joining(id, network),
    offence: `production-${layer} docker_service.${id}: it joins ${network}`,
  })),
  ...[
    { id: "grafana", network: "sprocket-production-influxdb", applications: ["analytics"] },
    { id: "prometheus", network: PUBLIC, applications: ["api", "web"] },
    { id: "loki", network: "sprocket-production-influxdb", applications: ["analytics"] },
    { id: "node_metrics", network: "sprocket-production-influxdb", applications: ["analytics"] },
    { id: "data_metrics", network: "sprocket-production-influxdb", applications: ["analytics"] },
    // Nobody signs in to Loki, so that whoever is behind the operators' sign-in is too many.
    { id: "loki", network: INGRESS_OPERATORS, applications: ["image_frontend"] },
  ].map(({ id, network, applications }) => ({
    policy: ALONE,
    change: joining(id, network),
    offence: `production-layer-2 docker_service.${id}: on ${network} is ${applications
      .map((application) => `production-platform docker_service.${application}`)
      .join(", ")}`,
  })),
  {
    policy: ALONE,
    change: (services) =>
      joining(
        "image_service",
        "sprocket-production-metrics",
      )(services).filter(isNo("data_metrics", "log_collector", "loki", "node_metrics", "alertmanager", "prometheus")),
    offence:
      "production-layer-2 docker_service.grafana: on sprocket-production-metrics is production-platform docker_service.image_service",
  },
  {
    policy: ALONE,
    change: (services) => joining("api", INGRESS_OPERATORS)(services).filter(isNo("alertmanager", "prometheus")),
    offence: `production-layer-2 docker_service.grafana: on ${INGRESS_OPERATORS} is production-platform docker_service.api`,
  },
];

test.each(doctored)("it is an offence against '$policy' that $offence", ({ policy, change, offence }) => {
  const production = environments.find(({ environment }) => environment.name === "production");
  const services = change(production?.services ?? []);
  expect(production && environmentPolicies[policy]?.({ ...production, services })).toEqual([offence]);
});

function beside(description: Parameters<typeof intruder>[0]) {
  return (services: readonly DeployedService[]) => [...services, intruder(description)];
}

/** A service of the environment that joins one more network. */
function joining(id: string, network: string) {
  return (services: readonly DeployedService[]) =>
    services.map((each) => (isNo(id)(each) ? each : { ...each, networks: [...each.networks, network] }));
}

function isNo(...ids: readonly string[]) {
  return ({ name }: DeployedService) => !ids.some((id) => name.endsWith(` docker_service.${id}`));
}

function isTraefik(service: DeployedService): boolean {
  return isMadeBy(service, Traefik);
}
