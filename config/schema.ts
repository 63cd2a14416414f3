import { z } from "zod";
import { contradictions } from "./contradictions";

const label = "lower-case letters, digits and hyphens, beginning with a letter";

const name = (longest: number) =>
  z
    .string({ error: `write ${label}` })
    .regex(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, { error: `write ${label}` })
    .max(longest, { error: `write at most ${longest} characters` });

const port = z
  .int({ error: "write a port, a whole number from 1 to 65535" })
  .min(1, { error: "write a port from 1 to 65535" })
  .max(65535, { error: "write a port from 1 to 65535" });

const domain = z
  .string({ error: "write a domain name such as sprocket.example.org" })
  .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/, {
    error: "write a domain name in lower case, such as sprocket.example.org",
  });

const hosts = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("localhost") }),
    z.strictObject({ kind: z.literal("domain"), domain }),
    z.strictObject({
      kind: z.literal("address"),
      address: z.ipv4({ error: "write the machine's IPv4 address, such as 192.168.1.20" }),
    }),
  ],
  { error: 'write kind "localhost", "domain" or "address"' },
);

const certificates = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("none") }),
    z.strictObject({ kind: z.literal("private") }),
    z.strictObject({
      kind: z.literal("acme"),
      authority: z.enum(["production", "staging"], {
        error: 'write "production" or "staging": which of Let\'s Encrypt\'s authorities',
      }),
      email: z.email({ error: "write the address that Let's Encrypt warns before expiry" }),
    }),
  ],
  { error: 'write kind "none", "private" or "acme"' },
);

const signIn = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("none") }),
    z.strictObject({
      kind: z.literal("github"),
      organization: z.string({ error: "write the GitHub organisation's name" }).min(1, {
        error: "write the GitHub organisation's name",
      }),
      team: z.string({ error: "write the operators' team by its slug" }).min(1, {
        error: "write the operators' team by its slug",
      }),
    }),
  ],
  { error: 'write kind "none" or "github"' },
);

const state = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("local") }),
    z.strictObject({
      kind: z.literal("spaces"),
      region: z
        .string({ error: "write a Spaces region such as nyc3" })
        .regex(/^[a-z]{3}\d$/, { error: "write a Spaces region such as nyc3" }),
      bucket: name(63),
    }),
  ],
  { error: 'write kind "local" or "spaces"' },
);

const shape = z.strictObject({
  /** Begins the name of every stack: `<name>-layer-1`. */
  name: name(20),
  /** Begins the name of everything in the Swarm, so that two environments may share one. */
  prefix: name(24),
  /** Where it runs: DigitalOcean, one box in a home or at a LAN event, or a developer's machine. */
  platform: z.enum(["cloud", "lan", "laptop"], { error: 'write "cloud", "lan" or "laptop"' }),
  /** How public host names are made from a route's label. */
  hosts,
  /** The ports that Traefik publishes. `vault` answers on the loopback address only. */
  ports: z.strictObject({ http: port, https: port, vault: port }, { error: "write http, https and vault" }),
  /** Where TLS certificates come from. */
  certificates,
  /** How operators prove who they are before they see an operators' route. */
  signIn,
  /**
   * Addresses, beside the loopback ones, that a laptop's own requests seem to come from
   * (a Docker inside a virtual machine rewrites them). Only for a laptop.
   */
  loopbackSources: z.array(z.cidrv4({ error: "write an address range such as 192.168.65.1/32" })).default([]),
  /** Where Terraform's state is kept. */
  state,
  /** PostgreSQL as DigitalOcean's managed cluster, or as a container of Layer 2. */
  database: z.enum(["managed", "container"], { error: 'write "managed" or "container"' }),
});

/**
 * What differs between environments. Everything else is the same everywhere.
 *
 * Contradictions are looked for even where the shape is wrong already, so that a person sees
 * every fault of a file at once.
 */
export const environmentSchema = shape.check(
  ...contradictions.map(({ path, message, contradicts }) =>
    z.refine((candidate) => !contradicts(candidate as object), { path: [...path], message, when: () => true }),
  ),
);

/** A checked environment. */
export type Environment = z.output<typeof environmentSchema>;

/** An environment as a person writes it; what has a default may be left out. */
export type EnvironmentInput = z.input<typeof environmentSchema>;
