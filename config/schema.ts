import { z } from "zod";
import { contradictions } from "./contradictions";
import { cloud } from "./schema/cloud";
import { name, port } from "./schema/fields";
import { alerts, applications, certificates, hosts, signIn, state, vaultSignIn } from "./schema/sections";

const rotation = "write 2 after the first rotation, and leave it out before that";

const shape = z.strictObject({
  name: name(20).describe("Begins the name of every stack: `<name>-layer-1`."),
  prefix: name(19).describe("Begins the name of everything in the Swarm, so that two environments may share one."),
  platform: z
    .enum(["cloud", "lan", "laptop"], { error: 'write "cloud", "lan" or "laptop"' })
    .describe("Where it runs: DigitalOcean, one box in a home or at a LAN event, or a developer's machine."),
  hosts: hosts.describe("How public host names are made from a route's label."),
  ports: z
    .strictObject(
      {
        http: port.describe("Plain HTTP."),
        https: port.describe("HTTPS, where there are certificates."),
        vault: port.describe("Vault's API, on the loopback address only."),
      },
      { error: "write http, https and vault" },
    )
    .describe("The ports that Traefik publishes."),
  certificates: certificates.describe("Where TLS certificates come from."),
  signIn: signIn.describe("How operators prove who they are before they see an operators' route."),
  vaultSignIn: vaultSignIn
    .default({})
    .describe("How people and CI sign in to Vault. Without either there is the user of Layer 1's bootstrap alone."),
  loopbackSources: z
    .array(z.cidrv4({ error: "write an address range such as 192.168.65.1/32" }))
    .default([])
    .describe(
      "Addresses, beside the loopback ones, that a laptop's own requests seem to come from (a Docker inside a virtual machine rewrites them). Only for a laptop.",
    ),
  alerts: alerts.describe("Who is told that something is wrong."),
  state: state.describe("Where Terraform's state is kept."),
  database: z
    .enum(["managed", "container"], { error: 'write "managed" or "container"' })
    .describe("PostgreSQL as DigitalOcean's managed cluster, or as a container of Layer 2."),
  cloud: cloud.optional().describe("What the cloud's accounts are asked for. Only for a cloud."),
  applications: applications.prefault({}).describe("What the applications do differently here."),
  rotations: z
    .record(z.string(), z.int({ error: rotation }).min(2, { error: rotation }))
    .default({})
    .describe(
      "Which edition of a generated secret is in use, by its path: 1 where it is left out, 2 after the first rotation. Another number than the deployed one, also a lower one or none, makes a new value at the next deployment and rolls the services that read it.",
    ),
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

/** What an environment asks of the cloud's accounts. */
export type Cloud = NonNullable<Environment["cloud"]>;

/** An environment as a person writes it; what has a default may be left out. */
export type EnvironmentInput = z.input<typeof environmentSchema>;
