import { isEncrypted, parentDomain } from "../../config/hosts";
import { SLOW_SECONDS } from "../../config/objectives";
import type { Environment } from "../../config/schema";
import { Duration } from "../swarm/duration";
import { ENVIRONMENT_LABEL } from "../swarm/swarm-service";
import { type EntryPointName, entryPointPorts } from "./entry-points";
import { DEFAULT_MIDDLEWARES, LOOPBACK_ONLY_MIDDLEWARE, RETRY_MIDDLEWARE } from "./middlewares";

/** Where Traefik finds its static configuration by itself. */
export const STATIC_CONFIGURATION_PATH = "/etc/traefik/traefik.yml";
export const DYNAMIC_CONFIGURATION_PATH = "/etc/traefik/dynamic.yml";
export const CERTIFICATE_STORE_FOLDER = "/data";

/** Longer, and a rolling update loses requests: measured at 5 and at 15 seconds. */
const SWARM_REFRESH = Duration.seconds(2);
/** Who has not answered the call by then is gone, and was not looked up again yet. */
const LONGEST_DIAL = Duration.seconds(1);
/** In seconds; the objective for latency is one of them. */
const LATENCY_BUCKETS = [...new Set([0.05, 0.1, 0.25, SLOW_SECONDS, 1, 2.5, 10])].sort((a, b) => a - b);
const CERTIFICATE_RESOLVER = "letsencrypt";
const AUTHORITIES = {
  production: "https://acme-v02.api.letsencrypt.org/directory",
  staging: "https://acme-staging-v02.api.letsencrypt.org/directory",
} as const;
/** A request must arrive within a minute; an idle connection is kept for three; ending takes ten seconds at most. */
const TIMEOUTS = {
  respondingTimeouts: { readTimeout: Duration.minutes(1).toString(), idleTimeout: Duration.minutes(3).toString() },
  lifeCycle: { graceTimeOut: Duration.seconds(10).toString() },
};

export interface StaticConfigurationProps {
  readonly environment: Environment;
  /** `host:port` of the socket proxy. */
  readonly dockerAddress: string;
  /** The network that Traefik uses for a service that names none. */
  readonly defaultNetwork: string;
}

/** What Traefik is told at its start, in its own terms. */
export function staticConfiguration({ environment, dockerAddress, defaultNetwork }: StaticConfigurationProps): object {
  const { certificates } = environment;
  return {
    global: { checkNewVersion: false, sendAnonymousUsage: false },
    log: { level: "INFO", format: "json" },
    accessLog: { format: "json" },
    api: { dashboard: true, insecure: false },
    ping: { entryPoint: "internal" satisfies EntryPointName },
    metrics: { prometheus: { entryPoint: "internal" satisfies EntryPointName, buckets: LATENCY_BUCKETS } },
    entryPoints: entryPoints(environment),
    serversTransport: { forwardingTimeouts: { dialTimeout: LONGEST_DIAL.toString() } },
    providers: {
      swarm: {
        endpoint: `tcp://${dockerAddress}`,
        exposedByDefault: false,
        network: defaultNetwork,
        refreshSeconds: SWARM_REFRESH.toString(),
        constraints: `Label(\`${ENVIRONMENT_LABEL}\`, \`${environment.prefix}\`)`,
      },
      file: { filename: DYNAMIC_CONFIGURATION_PATH, watch: false },
    },
    ...(certificates.kind === "acme"
      ? {
          certificatesResolvers: {
            [CERTIFICATE_RESOLVER]: {
              acme: {
                email: certificates.email,
                caServer: AUTHORITIES[certificates.authority],
                storage: `${CERTIFICATE_STORE_FOLDER}/acme-${certificates.authority}.json`,
                dnsChallenge: { provider: "digitalocean" },
              },
            },
          },
        }
      : {}),
  };
}

function entryPoints(environment: Environment): object {
  const { platform, certificates } = environment;
  const restricted = platform === "laptop" ? [LOOPBACK_ONLY_MIDDLEWARE] : [];
  const settings: Record<EntryPointName, object> = {
    web: isEncrypted(environment)
      ? { http: { redirections: { entryPoint: { to: "websecure", scheme: "https", permanent: true } } } }
      : { http: { middlewares: [...restricted, ...DEFAULT_MIDDLEWARES] } },
    websecure: {
      http: {
        middlewares: DEFAULT_MIDDLEWARES,
        tls: certificates.kind === "acme" ? wildcardCertificate(environment) : {},
      },
    },
    inside: { http: { middlewares: [RETRY_MIDDLEWARE] } },
    vault: { http: { middlewares: [LOOPBACK_ONLY_MIDDLEWARE] } },
    internal: {},
  };
  return Object.fromEntries(
    Object.entries(entryPointPorts(environment)).map(([name, port]) => [
      name,
      { address: `:${port}`, transport: TIMEOUTS, ...settings[name as EntryPointName] },
    ]),
  );
}

function wildcardCertificate(environment: Environment): object {
  const domain = parentDomain(environment);
  return { certResolver: CERTIFICATE_RESOLVER, domains: [{ main: domain, sans: [`*.${domain}`] }] };
}
