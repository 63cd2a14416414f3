/**
 * Ports that Traefik uses inside its container for what an environment does not choose: plain HTTP
 * from outside, and its own health and metrics.
 */
export const RESERVED_PORTS = { web: 8100, internal: 8101 } as const;
