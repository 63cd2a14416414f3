import { contradictions } from "../../config/contradictions";
import { checkEnvironments } from "../../config/environments";
import { lan } from "../../config/environments/lan";
import { local } from "../../config/environments/local";
import { production } from "../../config/environments/production";
import { staging } from "../../config/environments/staging";
import type { Cloud, EnvironmentInput } from "../../config/schema";
import { failureOf } from "../support/testing";

interface Case {
  /** What is wrong with it. */
  readonly what: string;
  /** An environment that is right. */
  readonly base: EnvironmentInput;
  readonly changes: Partial<EnvironmentInput>;
  readonly faults: readonly string[];
}

const domain = { kind: "domain", domain: "party.example.org" } as const;
const address = { kind: "address", address: "192.168.1.20" } as const;
const acme = { kind: "acme", authority: "staging", email: "operations@example.org" } as const;
const teams = { administrator: "infrastructure", operator: "operations", developer: "developers" };
const github = { organization: "SprocketBot", teams };
const ci = { repository: "SprocketBot/sprocket-infrastructure", deploymentEnvironment: "party" };
const spaces = { kind: "spaces", region: "nyc3", bucket: "state" } as const;

const DNS_01 =
  'DNS-01 needs a domain whose zone DigitalOcean serves, which only a cloud has; write "private" or "none"';
const CLOUD_CERTIFICATES =
  'the cloud is reached over the internet and needs certificates that browsers trust; write "acme"';
const LOOPBACK = "only a laptop is restricted to its own requests; leave this out";
const LAPTOP_HOST = 'a laptop accepts requests from itself only; write "localhost"';
const SIGN_IN = 'whoever reaches the network reaches the operators\' tools; write "github"';
const NOT_SPACES = 'Spaces is DigitalOcean\'s, and this environment has no account there; write "local"';
const NOT_MADE_HERE = "only what this project makes up is rotated by a number; write paths of generated secrets";
const FIXED = "one of them stays what it was at first: a name of object storage, or what InfluxDB was set up with";
const CLOUD_MAKES_IT =
  "in the cloud, DigitalOcean makes the database administrator's password and the keys of Spaces; rotate them there";
const NO_PEOPLE =
  "the cloud has no user of a bootstrap, and nobody else could sign in to Vault; write organization and teams";
const ONE_ROLE = "a team has one role; write three different teams";
const HTTPS =
  "Vault sends people's GitHub tokens to apiUrl, and lets in as administrator what issuer signs; write https in both";
const CLOUD_PORTS = "people and Let's Encrypt expect the cloud at http 80 and https 443";

const cases: readonly Case[] = [
  {
    what: "a production authority outside production",
    base: staging,
    changes: { certificates: { ...acme, authority: "production" } },
    faults: [
      "certificates.authority: got \"production\"; only production may ask Let's Encrypt's production authority, " +
        'whose rate limits last a week; write "staging"',
    ],
  },
  {
    what: "a public certificate for an address",
    base: lan,
    changes: { certificates: acme },
    faults: [`certificates.kind: got "acme"; ${DNS_01}`],
  },
  {
    what: "a public certificate for a domain outside the cloud",
    base: lan,
    changes: { certificates: acme, hosts: domain },
    faults: [`certificates.kind: got "acme"; ${DNS_01}`],
  },
  {
    what: "a cloud with private certificates",
    base: staging,
    changes: { certificates: { kind: "private" } },
    faults: [`certificates.kind: got "private"; ${CLOUD_CERTIFICATES}`],
  },
  {
    what: "a cloud without certificates",
    base: production,
    changes: { certificates: { kind: "none" } },
    faults: [`certificates.kind: got "none"; ${CLOUD_CERTIFICATES}`],
  },
  {
    what: "a laptop with certificates",
    base: local,
    changes: { certificates: { kind: "private" } },
    faults: [
      'certificates.kind: got "private"; a laptop is reached at localhost, where browsers need no TLS; write "none"',
    ],
  },
  {
    what: "localhost on a LAN",
    base: lan,
    changes: { hosts: { kind: "localhost" } },
    faults: ['hosts.kind: got "localhost"; localhost is the laptop\'s own name; write "domain" or "address"'],
  },
  {
    what: "a laptop with a domain",
    base: local,
    changes: { hosts: domain },
    faults: [`hosts.kind: got "domain"; ${LAPTOP_HOST}`],
  },
  {
    what: "a laptop with an address",
    base: local,
    changes: { hosts: address },
    faults: [`hosts.kind: got "address"; ${LAPTOP_HOST}`],
  },
  {
    what: "a cloud with an address, for which it can have no certificate either",
    base: staging,
    changes: { hosts: address },
    faults: [
      `certificates.kind: got "acme"; ${DNS_01}`,
      'hosts.kind: got "address"; the cloud is reached by its domain; write "domain"',
    ],
  },
  {
    what: "a cloud without sign-in",
    base: production,
    changes: { signIn: { kind: "none" } },
    faults: [`signIn.kind: got "none"; ${SIGN_IN}`],
  },
  {
    what: "a LAN without sign-in",
    base: lan,
    changes: { signIn: { kind: "none" } },
    faults: [`signIn.kind: got "none"; ${SIGN_IN}`],
  },
  {
    what: "a laptop with sign-in",
    base: local,
    changes: { signIn: { kind: "github", organization: "SprocketBot", team: "infrastructure" } },
    faults: [
      'signIn.kind: got "github"; GitHub cannot send a browser back to localhost\'s subdomains with their cookie; ' +
        'write "none"',
    ],
  },
  {
    what: "a LAN with further loopback addresses",
    base: lan,
    changes: { loopbackSources: ["192.168.65.1/32"] },
    faults: [`loopbackSources: got ["192.168.65.1/32"]; ${LOOPBACK}`],
  },
  ...[production, staging].map((base) => ({
    what: `${base.name} with nobody to tell that it is not well`,
    base,
    changes: { alerts: { kind: "none" } as const },
    faults: ['alerts.kind: got "none"; somebody must hear that the cloud is not well; write "discord"'],
  })),
  {
    what: "a cloud that tells a stand-in",
    base: production,
    changes: { alerts: { kind: "discord", standIn: "http://127.0.0.1:5000" } },
    faults: ['alerts.standIn: got "http://127.0.0.1:5000"; what stands in for Discord tells nobody; leave it out'],
  },
  {
    what: "a cloud that keeps its state on one machine",
    base: production,
    changes: { state: { kind: "local" } },
    faults: ['state.kind: got "local"; several people deploy to the cloud and must share its state; write "spaces"'],
  },
  {
    what: "a LAN that keeps its state in Spaces",
    base: lan,
    changes: { state: spaces },
    faults: [`state.kind: got "spaces"; ${NOT_SPACES}`],
  },
  {
    what: "a laptop that keeps its state in Spaces",
    base: local,
    changes: { state: spaces },
    faults: [`state.kind: got "spaces"; ${NOT_SPACES}`],
  },
  {
    what: "a managed database without a cloud",
    base: lan,
    changes: { database: "managed" },
    faults: [
      'database: got "managed"; a managed database is DigitalOcean\'s, and this environment has no cloud; ' +
        'write "container"',
    ],
  },
  {
    what: "a cloud with its database in a container",
    base: staging,
    changes: { database: "container" },
    faults: [
      'database: got "container"; the cloud\'s database is the managed cluster, which is backed up; write "managed"',
    ],
  },
  {
    what: "a cloud that asks for nothing",
    base: staging,
    changes: { cloud: undefined },
    faults: [
      "cloud: got nothing; the cloud's accounts must be asked for something; write region, addresses, droplet and so on",
    ],
  },
  ...[lan, local].map((base) => ({
    what: `the machines of a ${base.platform}`,
    base,
    changes: { cloud: staging.cloud },
    faults: [
      `cloud: got ${JSON.stringify(staging.cloud)}; machines and a database are DigitalOcean's, and this environment has no account there; leave it out`,
    ],
  })),
  ...["postgres/nobody-password", "constructor", "discord/bot-token", "influxdb/vault-secret-id"].map((path) => ({
    what: `a rotation of ${path}, which nothing here makes up`,
    base: lan,
    changes: { rotations: { "core/jwt-key": 2, [path]: 2 } },
    faults: [`rotations: got {"core/jwt-key":2,"${path}":2}; ${NOT_MADE_HERE}`],
  })),
  ...["object-storage/core-access-key-id", "influxdb/administrator-token"].map((path) => ({
    what: `a rotation of ${path}, which stays what it was`,
    base: lan,
    changes: { rotations: { [path]: 2 } },
    faults: [`rotations: got {"${path}":2}; ${FIXED}`],
  })),
  ...[
    "postgres/administrator-password",
    "object-storage/core-secret-access-key",
    "object-storage/root-secret-access-key",
  ].map((path) => ({
    what: `a rotation of ${path} in the cloud`,
    base: staging,
    changes: { rotations: { [path]: 2 } },
    faults: [`rotations: got {"${path}":2}; ${CLOUD_MAKES_IT}`],
  })),
  ...[{}, { ci: production.vaultSignIn?.ci }].map((vaultSignIn) => ({
    what: `a cloud that nobody could sign in to Vault of, with ${JSON.stringify(Object.keys(vaultSignIn))}`,
    base: production,
    changes: { vaultSignIn },
    faults: [`vaultSignIn.github: got nothing; ${NO_PEOPLE}`],
  })),
  {
    what: "two organisations of operators",
    base: lan,
    changes: { vaultSignIn: { github: { organization: "Others", teams } } },
    faults: [
      'vaultSignIn.github.organization: got "Others"; operators sign in by one organisation; write the same as in signIn',
    ],
  },
  ...(["administrator", "operator", "developer"] as const).map((role) => {
    const twins = { ...teams, operator: teams.administrator, developer: teams.administrator, [role]: "other" };
    return {
      what: `one team in Vault for every role but that of the ${role}`,
      base: production,
      changes: { vaultSignIn: { github: { organization: "SprocketBot", teams: twins } } },
      faults: [`vaultSignIn.github.teams: got ${JSON.stringify(twins)}; ${ONE_ROLE}`],
    };
  }),
  ...[
    { base: production, vaultSignIn: { github: { ...github, apiUrl: "http://github.example.org/" } } },
    { base: production, vaultSignIn: { github, ci: { ...ci, issuer: "http://tokens.example.org" } } },
    { base: lan, vaultSignIn: { github: { ...github, apiUrl: "http://192.168.1.21/" } } },
    { base: lan, vaultSignIn: { ci: { ...ci, issuer: "http://127.0.0.1:5000" } } },
  ].map(({ base, vaultSignIn }) => ({
    what: `sign-in to Vault of a ${base.platform} by plain HTTP, with ${Object.keys(vaultSignIn).at(-1)}`,
    base,
    changes: { vaultSignIn },
    faults: [`vaultSignIn: got ${JSON.stringify(vaultSignIn)}; ${HTTPS}`],
  })),
  {
    what: "one port for two things",
    base: lan,
    changes: { ports: { http: 80, https: 443, vault: 443 } },
    faults: [
      'ports: got {"http":80,"https":443,"vault":443}; http, https and vault are published side by side; ' +
        "write three different ports",
    ],
  },
  ...[8100, 8101].map((reserved) => ({
    what: `Traefik's own port ${reserved}`,
    base: lan,
    changes: { ports: { http: 80, https: 443, vault: reserved } },
    faults: [
      `ports: got {"http":80,"https":443,"vault":${reserved}}; ` +
        "8100 and 8101 are Traefik's own inside its container; write others",
    ],
  })),
  {
    what: "a cloud at a port that is not HTTP's",
    base: production,
    changes: { ports: { http: 8080, https: 443, vault: 8200 } },
    faults: [`ports: got {"http":8080,"https":443,"vault":8200}; ${CLOUD_PORTS}`],
  },
  {
    what: "a cloud at a port that is not HTTPS's",
    base: production,
    changes: { ports: { http: 80, https: 8443, vault: 8200 } },
    faults: [`ports: got {"http":80,"https":8443,"vault":8200}; ${CLOUD_PORTS}`],
  },
];

test.each(cases)("fails for $what", ({ base, changes, faults }) => {
  const action = () => checkEnvironments({ broken: { ...base, ...changes } });

  expect(() => checkEnvironments({ base })).not.toThrow();
  expect(failureOf(action).split("\n").slice(1)).toEqual(faults.map((fault) => `  - broken.ts ${fault}`));
});

test("every contradiction is shown above", () => {
  const shown = cases.flatMap(({ faults }) => faults).join("\n");

  expect(contradictions.map(({ message }) => message).filter((message) => !shown.includes(message))).toEqual([]);
});

test.each<[string, EnvironmentInput, Partial<EnvironmentInput>]>([
  ["a LAN with a domain and plain HTTP", lan, { hosts: domain, certificates: { kind: "none" } }],
  ["a LAN at other ports", lan, { ports: { http: 8080, https: 8443, vault: 8201 } }],
  ["a laptop whose Docker rewrites no address", local, { loopbackSources: [] }],
  [
    "a laptop with stand-ins for GitHub and for CI's platform",
    local,
    {
      vaultSignIn: {
        github: { ...github, apiUrl: "http://127.0.0.1:5001/" },
        ci: { ...ci, issuer: "http://127.0.0.1:5000" },
      },
    },
  ],
  [
    "a LAN with a GitHub and a platform of CI of its own",
    lan,
    {
      vaultSignIn: {
        github: { ...github, apiUrl: "https://github.example.org/api/v3/" },
        ci: { ...ci, issuer: "https://tokens.example.org" },
      },
    },
  ],
  [
    "a LAN that rotates what it makes up",
    lan,
    {
      rotations: {
        "postgres/administrator-password": 2,
        "object-storage/root-secret-access-key": 2,
        "influxdb/grafana-password": 2,
        "core/jwt-key": 9,
      },
    },
  ],
  ["a laptop that tells a stand-in", local, { alerts: { kind: "discord", standIn: "http://127.0.0.1:5000" } }],
  ["a LAN that tells nobody", lan, { alerts: { kind: "none" } }],
  ["a cloud that rotates what it makes up", production, { rotations: { "postgres/sprocket-password": 2 } }],
  [
    "a cloud on three smaller machines",
    staging,
    { cloud: { ...(staging.cloud as Cloud), droplet: "s-4vcpu-8gb", managers: 3 } },
  ],
  ["a rehearsal that shares its bucket", staging, { name: "rehearsal", prefix: "rehearsal", state: spaces }],
])("%s contradicts nothing", (_, base, changes) => {
  expect(checkEnvironments({ other: { ...base, ...changes } })).toMatchObject([changes]);
});
