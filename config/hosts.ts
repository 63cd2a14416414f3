import type { Environment } from "./schema";

/** The label of the environment's bare domain, as in a zone file. */
export const APEX = "@";

/**
 * The public host name of a route: `api.sprocket.example.org`, `api.192-168-1-20.sslip.io` or
 * `api.localhost`.
 *
 * @param label the part before the domain, or {@link APEX}
 */
export function hostName(environment: Environment, label: string): string {
  const domain = parentDomain(environment);
  return label === APEX ? domain : `${label}.${domain}`;
}

/** The domain that all public hosts of an environment share. */
export function parentDomain({ hosts }: Environment): string {
  switch (hosts.kind) {
    case "localhost":
      return "localhost";
    case "domain":
      return hosts.domain;
    case "address":
      // sslip.io answers with the address that is in the name.
      return `${hosts.address.replaceAll(".", "-")}.sslip.io`;
  }
}

/** Whether browsers reach the environment by HTTPS. */
export function isEncrypted({ certificates }: Environment): boolean {
  return certificates.kind !== "none";
}

/** The host of a route, with its port where that is not the usual one: what follows the scheme in a URL. */
export function publicAuthority(environment: Environment, label: string): string {
  const { port, usual } = outsidePort(environment);
  return port === usual ? hostName(environment, label) : `${hostName(environment, label)}:${port}`;
}

/** The URL by which a browser, or a container inside, reaches a route. */
export function publicUrl(environment: Environment, label: string): string {
  return `${isEncrypted(environment) ? "https" : "http"}://${publicAuthority(environment, label)}`;
}

/** The port of public URLs. */
export function publicPort(environment: Environment): number {
  return outsidePort(environment).port;
}

function outsidePort(environment: Environment): { readonly port: number; readonly usual: number } {
  const { http, https } = environment.ports;
  return isEncrypted(environment) ? { port: https, usual: 443 } : { port: http, usual: 80 };
}
