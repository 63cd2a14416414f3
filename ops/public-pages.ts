import { APEX, parentDomain, publicUrl } from "../config/hosts";
import type { Declaration } from "./declaration/declaration";

/** A public host, as a person reaches it. */
export interface PublicPage {
  /** The part of the host before the environment's domain, or `@` for the domain itself. */
  readonly label: string;
  readonly url: string;
}

/** Every public host of an environment, the domain itself first. */
export function publicPages({
  environment,
  routes,
}: Pick<Declaration, "environment" | "routes">): readonly PublicPage[] {
  const domain = parentDomain(environment);
  return routes
    .map(({ host }) => (host === domain ? APEX : host.slice(0, -`.${domain}`.length)))
    .sort()
    .map((label) => ({ label, url: publicUrl(environment, label) }));
}
