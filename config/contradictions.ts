import { RESERVED_PORTS } from "./reserved-ports";
import { SECRETS } from "./secrets/catalogue";
import type { Secret } from "./secrets/secret";

/** An environment of which anything may be missing or wrong. */
interface Candidate {
  readonly name?: unknown;
  readonly platform?: unknown;
  readonly hosts?: { readonly kind?: unknown };
  readonly ports?: { readonly http?: unknown; readonly https?: unknown; readonly vault?: unknown };
  readonly certificates?: { readonly kind?: unknown; readonly authority?: unknown };
  readonly signIn?: { readonly kind?: unknown; readonly organization?: unknown };
  readonly loopbackSources?: unknown;
  readonly alerts?: { readonly kind?: unknown; readonly standIn?: unknown };
  readonly state?: { readonly kind?: unknown };
  readonly database?: unknown;
  readonly cloud?: unknown;
  readonly rotations?: unknown;
  readonly vaultSignIn?: {
    readonly github?: { readonly organization?: unknown; readonly teams?: unknown; readonly apiUrl?: unknown };
    readonly ci?: { readonly issuer?: unknown };
  };
}

/** Two settings that cannot both be meant. */
interface Contradiction {
  readonly path: readonly string[];
  /** What would be right. */
  readonly message: string;
  readonly contradicts: (environment: Candidate) => boolean;
}

/** No platform at all, or a misspelt one, is a fault of its own and contradicts nothing. */
const outsideCloud = ({ platform }: Candidate) => platform === "lan" || platform === "laptop";
const inCloud = ({ platform }: Candidate) => platform === "cloud";
const onLaptop = ({ platform }: Candidate) => platform === "laptop";
const reachedByOthers = ({ platform }: Candidate) => platform === "cloud" || platform === "lan";
const encrypts = ({ certificates }: Candidate) => certificates?.kind === "acme" || certificates?.kind === "private";

/** Each secret that was rotated; undefined for a path that no secret has. */
const rotated = ({ rotations }: Candidate) =>
  Object.keys(rotations ?? {}).map((path) => (SECRETS as Readonly<Record<string, Secret | undefined>>)[path]);

const isFixed = (secret: Secret) =>
  (secret.origin === "generated" && secret.fixed !== undefined) ||
  (secret.origin === "foundation" && "name" in secret.elsewhere);

const isGeneratedInCloud = (secret: Secret) =>
  secret.origin !== "foundation" && !(secret.origin === "generated" && secret.onlyOutsideCloud === true);

const MADE_HERE: readonly (Secret["origin"] | undefined)[] = ["generated", "foundation", "service"];

/**
 * The settings that exclude each other. Each rule holds by itself, whatever else is wrong.
 */
export const contradictions: readonly Contradiction[] = [
  {
    path: ["certificates", "authority"],
    message:
      "only production may ask Let's Encrypt's production authority, whose rate limits last a week; write \"staging\"",
    contradicts: ({ name, certificates }) => certificates?.authority === "production" && name !== "production",
  },
  {
    path: ["certificates", "kind"],
    message: 'DNS-01 needs a domain whose zone DigitalOcean serves, which only a cloud has; write "private" or "none"',
    contradicts: (e) =>
      e.certificates?.kind === "acme" && (outsideCloud(e) || (e.hosts?.kind ?? "domain") !== "domain"),
  },
  {
    path: ["certificates", "kind"],
    message: 'the cloud is reached over the internet and needs certificates that browsers trust; write "acme"',
    contradicts: (e) => inCloud(e) && e.certificates?.kind !== undefined && e.certificates.kind !== "acme",
  },
  {
    path: ["certificates", "kind"],
    message: 'a laptop is reached at localhost, where browsers need no TLS; write "none"',
    contradicts: (e) => onLaptop(e) && encrypts(e),
  },
  {
    path: ["hosts", "kind"],
    message: 'localhost is the laptop\'s own name; write "domain" or "address"',
    contradicts: (e) => e.hosts?.kind === "localhost" && reachedByOthers(e),
  },
  {
    path: ["hosts", "kind"],
    message: 'a laptop accepts requests from itself only; write "localhost"',
    contradicts: (e) => onLaptop(e) && e.hosts?.kind !== undefined && e.hosts.kind !== "localhost",
  },
  {
    path: ["hosts", "kind"],
    message: 'the cloud is reached by its domain; write "domain"',
    contradicts: (e) => inCloud(e) && e.hosts?.kind === "address",
  },
  {
    path: ["signIn", "kind"],
    message: 'whoever reaches the network reaches the operators\' tools; write "github"',
    contradicts: (e) => reachedByOthers(e) && e.signIn?.kind === "none",
  },
  {
    path: ["signIn", "kind"],
    message: 'GitHub cannot send a browser back to localhost\'s subdomains with their cookie; write "none"',
    contradicts: (e) => onLaptop(e) && e.signIn?.kind === "github",
  },
  {
    path: ["loopbackSources"],
    message: "only a laptop is restricted to its own requests; leave this out",
    contradicts: (e) => Array.isArray(e.loopbackSources) && e.loopbackSources.length > 0 && reachedByOthers(e),
  },
  {
    path: ["alerts", "kind"],
    message: 'somebody must hear that the cloud is not well; write "discord"',
    contradicts: (e) => inCloud(e) && e.alerts?.kind === "none",
  },
  {
    path: ["alerts", "standIn"],
    message: "what stands in for Discord tells nobody; leave it out",
    contradicts: (e) => inCloud(e) && e.alerts?.standIn !== undefined,
  },
  {
    path: ["state", "kind"],
    message: 'several people deploy to the cloud and must share its state; write "spaces"',
    contradicts: (e) => inCloud(e) && e.state?.kind === "local",
  },
  {
    path: ["state", "kind"],
    message: 'Spaces is DigitalOcean\'s, and this environment has no account there; write "local"',
    contradicts: (e) => outsideCloud(e) && e.state?.kind === "spaces",
  },
  {
    path: ["database"],
    message: 'a managed database is DigitalOcean\'s, and this environment has no cloud; write "container"',
    contradicts: (e) => outsideCloud(e) && e.database === "managed",
  },
  {
    path: ["database"],
    message: 'the cloud\'s database is the managed cluster, which is backed up; write "managed"',
    contradicts: (e) => inCloud(e) && e.database === "container",
  },
  {
    path: ["cloud"],
    message: "the cloud's accounts must be asked for something; write region, addresses, droplet and so on",
    contradicts: (e) => inCloud(e) && e.cloud === undefined,
  },
  {
    path: ["cloud"],
    message: "machines and a database are DigitalOcean's, and this environment has no account there; leave it out",
    contradicts: (e) => outsideCloud(e) && e.cloud !== undefined,
  },
  {
    path: ["rotations"],
    message: "only what this project makes up is rotated by a number; write paths of generated secrets",
    contradicts: (e) => rotated(e).some((secret) => !MADE_HERE.includes(secret?.origin)),
  },
  {
    path: ["rotations"],
    message: "one of them stays what it was at first: a name of object storage, or what InfluxDB was set up with",
    contradicts: (e) => rotated(e).some((secret) => secret !== undefined && isFixed(secret)),
  },
  {
    path: ["rotations"],
    message:
      "in the cloud, DigitalOcean makes the database administrator's password and the keys of Spaces; rotate them there",
    contradicts: (e) => inCloud(e) && rotated(e).some((secret) => secret !== undefined && !isGeneratedInCloud(secret)),
  },
  {
    path: ["vaultSignIn"],
    message:
      "Vault sends people's GitHub tokens to apiUrl, and lets in as administrator what issuer signs; write https in both",
    contradicts: (e) =>
      reachedByOthers(e) &&
      [e.vaultSignIn?.github?.apiUrl, e.vaultSignIn?.ci?.issuer].some((url) => /^http:/i.test(String(url))),
  },
  {
    path: ["vaultSignIn", "github"],
    message:
      "the cloud has no user of a bootstrap, and nobody else could sign in to Vault; write organization and teams",
    contradicts: (e) => inCloud(e) && e.vaultSignIn?.github === undefined,
  },
  {
    path: ["vaultSignIn", "github", "organization"],
    message: "operators sign in by one organisation; write the same as in signIn",
    contradicts: ({ signIn, vaultSignIn }) => {
      const given = [signIn?.organization, vaultSignIn?.github?.organization].filter((name) => (name ?? "") !== "");
      return new Set(given).size > 1;
    },
  },
  {
    path: ["vaultSignIn", "github", "teams"],
    message: "a team has one role; write three different teams",
    contradicts: ({ vaultSignIn }) => {
      const teams = Object.values(vaultSignIn?.github?.teams ?? {}).filter((team) => typeof team === "string");
      return new Set(teams).size < teams.length;
    },
  },
  {
    path: ["ports"],
    message: "http, https and vault are published side by side; write three different ports",
    contradicts: ({ ports }) => {
      const given = [ports?.http, ports?.https, ports?.vault].filter((port) => port !== undefined && port !== null);
      return new Set(given).size < given.length;
    },
  },
  {
    path: ["ports"],
    message: `${Object.values(RESERVED_PORTS).join(" and ")} are Traefik's own inside its container; write others`,
    contradicts: ({ ports }) =>
      Object.values(RESERVED_PORTS).some((reserved) => [ports?.http, ports?.https, ports?.vault].includes(reserved)),
  },
  {
    path: ["ports"],
    message: "people and Let's Encrypt expect the cloud at http 80 and https 443",
    contradicts: (e) => inCloud(e) && ((e.ports?.http ?? 80) !== 80 || (e.ports?.https ?? 443) !== 443),
  },
];
