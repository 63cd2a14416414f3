import type { Environment } from "../../config/schema";

const FROM_FILE = "@file";
const LOOPBACK_ADDRESSES = ["127.0.0.0/8", "::1/128"];
const HALF_A_YEAR_IN_SECONDS = 15_552_000;

/** What each middleware is called in Traefik's dynamic configuration. */
const NAMES = {
  securityHeaders: "security-headers",
  compress: "compress",
  retry: "retry",
  loopbackOnly: "loopback-only",
  operators: "operators",
} as const;

/** Lets operators in who have signed in. */
export const OPERATORS_MIDDLEWARE = `${NAMES.operators}${FROM_FILE}`;
/** Lets requests in that come from the machine itself. */
export const LOOPBACK_ONLY_MIDDLEWARE = `${NAMES.loopbackOnly}${FROM_FILE}`;
/** Asks another container where one does not take the connection. */
export const RETRY_MIDDLEWARE = `${NAMES.retry}${FROM_FILE}`;
/** What every answer to a browser goes through. */
export const DEFAULT_MIDDLEWARES = [
  `${NAMES.securityHeaders}${FROM_FILE}`,
  `${NAMES.compress}${FROM_FILE}`,
  RETRY_MIDDLEWARE,
];

export interface MiddlewaresProps {
  readonly environment: Environment;
  /** The address that the node's own requests come from when they reach a container. */
  readonly gatewayAddress: string;
  /** Where a request is sent to find out whether an operator has signed in. */
  readonly signInAddress: string | undefined;
}

/** Traefik's middlewares, in its dynamic configuration's terms. */
export function middlewaresOf({ environment, gatewayAddress, signInAddress }: MiddlewaresProps): object {
  return {
    [NAMES.securityHeaders]: { headers: securityHeaders(environment) },
    [NAMES.compress]: { compress: {} },
    // A container that is gone already is found out when it is called, before anything is sent.
    [NAMES.retry]: { retry: { attempts: 2, initialInterval: "100ms" } },
    [NAMES.loopbackOnly]: {
      ipAllowList: { sourceRange: [...LOOPBACK_ADDRESSES, gatewayAddress, ...environment.loopbackSources] },
    },
    ...(signInAddress === undefined
      ? {}
      : {
          [NAMES.operators]: {
            forwardAuth: {
              address: signInAddress,
              trustForwardHeader: false,
              authResponseHeaders: ["X-Auth-Request-User", "X-Auth-Request-Email", "X-Auth-Request-Groups"],
            },
          },
        }),
  };
}

function securityHeaders({ certificates }: Environment): object {
  const trusted = certificates.kind === "acme" && certificates.authority === "production";
  return {
    contentTypeNosniff: true,
    customFrameOptionsValue: "SAMEORIGIN",
    referrerPolicy: "strict-origin-when-cross-origin",
    // A browser that remembers it for an untrusted certificate could not be let in any more.
    ...(trusted ? { stsSeconds: HALF_A_YEAR_IN_SECONDS, stsIncludeSubdomains: true } : {}),
  };
}
