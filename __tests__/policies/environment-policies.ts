import { Application } from "../../constructs/apps/application";
import { ImageGenerationFrontend } from "../../constructs/apps/image-generation-frontend";
import { SocketProxy } from "../../constructs/ingress/socket-proxy";
import { Traefik } from "../../constructs/ingress/traefik";
import { Alertmanager } from "../../constructs/observability/alertmanager";
import { ContainerApiProxy } from "../../constructs/observability/container-api-proxy";
import { DataMetrics } from "../../constructs/observability/data-metrics";
import { Grafana } from "../../constructs/observability/grafana";
import { LogCollector } from "../../constructs/observability/log-collector";
import { Loki } from "../../constructs/observability/loki";
import { NodeMetrics } from "../../constructs/observability/node-metrics";
import { Prometheus } from "../../constructs/observability/prometheus";
import { Telegraf } from "../../constructs/observability/telegraf";
import { type TrustBoundaryName, trustNetworkName } from "../../constructs/swarm/trust-networks";
import { labelsOf } from "../support/services";
import { type DeployedEnvironment, type DeployedService, isMadeBy, routersOf } from "./deployed";

/** What the services of an environment do wrong together. */
export type EnvironmentPolicy = (deployed: DeployedEnvironment) => readonly string[];

/** What takes whoever reaches it for who a header says, or for anybody who may. */
const TRUSTING = [Alertmanager, ContainerApiProxy, Grafana, LogCollector, Loki, Prometheus, Telegraf];
/** Of those, what operators open in a browser. */
const SHOWN_TO_OPERATORS = [Alertmanager, Grafana, Prometheus];

/** What must hold of the services of every environment together. */
export const environmentPolicies: Readonly<Record<string, EnvironmentPolicy>> = {
  "gives no host to two routers at one entry point": ({ services }) =>
    claimedTwice(services, (service) =>
      routersOf(service).flatMap(({ rule, entryPoints }) =>
        hostsOf(rule).flatMap((host) => entryPoints.map((entryPoint) => `${host} at ${entryPoint}`)),
      ),
    ),

  "gives no name to routers of two services": ({ services }) =>
    claimedTwice(services, (service) => routersOf(service).map(({ name }) => `the router ${name}`)),

  "gives no name to servers of two services": ({ services }) =>
    claimedTwice(services, ({ json }) => {
      const names = Object.keys(labelsOf(json)).map((label) => /^traefik\.http\.services\.([^.]+)\./.exec(label)?.[1]);
      return [...new Set(names)].filter((name) => name !== undefined).map((name) => `the Traefik service ${name}`);
    }),

  "has one Traefik, which reaches every routed service": ({ services }) => {
    const [traefik, ...others] = services.filter((service) => isMadeBy(service, Traefik));
    const tooMany = others.map(({ name }) => `${name}: it is a Traefik beside ${traefik?.name}`);
    return [...tooMany, ...services.flatMap((service) => unreachable(service, traefik?.networks ?? []))];
  },

  "lets Traefik join nothing but the ingress networks and the socket proxy's": ({ environment, services }) => {
    const proxies = services.filter((service) => isMadeBy(service, SocketProxy));
    const allowed = [
      trustNetworkName(environment.prefix, "ingressPublic"),
      trustNetworkName(environment.prefix, "ingressOperators"),
      ...proxies.flatMap(({ networks }) => networks),
    ];
    return services
      .filter((service) => isMadeBy(service, Traefik))
      .flatMap(({ name, networks }) =>
        networks.filter((network) => !allowed.includes(network)).map((network) => `${name}: it joins ${network}`),
      );
  },

  "lets nobody but Traefik join a socket proxy's network": ({ services }) => {
    const proxied = services.filter((service) => isMadeBy(service, SocketProxy)).flatMap(({ networks }) => networks);
    return services
      .filter((service) => !isMadeBy(service, SocketProxy) && !isMadeBy(service, Traefik))
      .flatMap(({ name, networks }) =>
        networks.filter((network) => proxied.includes(network)).map((network) => `${name}: it joins ${network}`),
      );
  },

  "lets a container API's proxy and the collector that measures the machine share one network, which nobody else joins":
    ({ environment, services }) => {
      const shared = trustNetworkName(environment.prefix, "containerApi");
      return services.flatMap((service) => {
        const isProxy = isMadeBy(service, ContainerApiProxy);
        const mayJoin = isProxy || (isMadeBy(service, NodeMetrics) && isMadeBy(service, Telegraf));
        return service.networks
          .filter((network) => (network === shared ? !mayJoin : isProxy))
          .map((network) => `${service.name}: it joins ${network}`);
      });
    },

  "lets no application join a network with what trusts a header or asks nobody to sign in, but for those behind the same sign-in":
    ({ environment, services }) => {
      const name = (boundary: TrustBoundaryName) => trustNetworkName(environment.prefix, boundary);
      const mayShare = (service: DeployedService, application: DeployedService, network: string) =>
        // Only operators get to the pages that generate images: they could open the others as well.
        (network === name("ingressOperators") &&
          SHOWN_TO_OPERATORS.some((kind) => isMadeBy(service, kind)) &&
          isMadeBy(application, ImageGenerationFrontend)) ||
        // It must be where the databases are that it measures, and tells nothing but figures.
        (isMadeBy(service, DataMetrics) && [name("postgres"), name("redis")].includes(network));
      const applications = services.filter((service) => isMadeBy(service, Application));
      return services
        .filter((service) => TRUSTING.some((kind) => isMadeBy(service, kind)))
        .flatMap((service) =>
          service.networks.flatMap((network) => {
            const others = applications
              .filter(({ networks }) => networks.includes(network))
              .filter((application) => !mayShare(service, application, network))
              .map((application) => application.name);
            return others.length === 0 ? [] : [`${service.name}: on ${network} is ${others.join(", ")}`];
          }),
        );
    },
};

/** The hosts that a rule names; the rule itself where it names none. */
function hostsOf(rule: string): readonly string[] {
  const hosts = [...rule.matchAll(/Host\(`([^`]+)`\)/g)].map(([, host = ""]) => host.toLowerCase());
  return hosts.length > 0 ? hosts : [rule];
}

function claimedTwice(
  services: readonly DeployedService[],
  claimsOf: (service: DeployedService) => readonly string[],
): readonly string[] {
  const owners = new Map<string, string>();
  return services.flatMap((service) =>
    claimsOf(service).flatMap((claim) => {
      const owner = owners.get(claim);
      owners.set(claim, owner ?? service.name);
      return owner === undefined ? [] : [`${service.name}: ${claim} is ${owner}'s`];
    }),
  );
}

function unreachable({ name, json, networks }: DeployedService, ofTraefik: readonly string[]): readonly string[] {
  const labels = labelsOf(json);
  const network = labels["traefik.swarm.network"];
  if (labels["traefik.enable"] !== "true") {
    const routed = Object.keys(labels).some((label) => label.startsWith("traefik."));
    return routed ? [`${name}: it has labels for Traefik, which is not told to read them`] : [];
  }
  if (network === undefined) {
    return [`${name}: no label says by which network Traefik reaches it`];
  }
  return [
    ...(networks.includes(network) ? [] : [`${name}: it is not on ${network}`]),
    ...(ofTraefik.includes(network) ? [] : [`${name}: Traefik is not on ${network}`]),
  ];
}
