import lock from "./lock.json";

/**
 * An image's name with its digest, or alone where nobody has looked the digest up yet.
 *
 * @param name with registry and tag: `docker.io/library/traefik:v3.7.14`; one with a digest stays as it is
 */
export function locked(name: string): string {
  const digest = (lock as Record<string, { digest: string } | undefined>)[name]?.digest;
  return digest === undefined ? name : `${name}@${digest}`;
}
