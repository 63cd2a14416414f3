import { z } from "zod";
import { beginsWhereItSays } from "../address-range";
import { DATABASE_SIZE_NAMES, DROPLET_SIZE_NAMES } from "../sizes";
import { keysWithOwners } from "../ssh-keys";
import { name, region } from "./fields";

const range = "write a private range of addresses such as 10.60.0.0/20";
const source = "write a range of at most 65,536 addresses that begins with its first one, such as 203.0.113.7/32";
const awsRegion = "write a region of AWS such as us-east-1";
const managers = "write 1, 3, 5 or 7 managers: an even number bears no more losses than one less";
const workers = "write how many workers, a whole number from 0 to 20";
const gibibytes = "write how many GiB, a whole number from 10 to 1000";
const hour = "write an hour of the day in UTC, a whole number from 0 to 23";
const publicKey = z
  .string({ error: "write a public key as ssh-ed25519 and its 68 characters, without a comment" })
  .regex(/^ssh-ed25519 [A-Za-z0-9+/]{68}$/, {
    error: "write a public key as ssh-ed25519 and its 68 characters, without a comment",
  });
const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

const haveDifferentKeys = (keys: readonly string[]) => new Set(keys).size === keys.length;

/** What DigitalOcean and AWS are asked for. */
export const cloud = z.strictObject({
  region: region("DigitalOcean region").describe("The region of the machines, the database and the buckets."),
  offsiteRegion: z
    .string({ error: awsRegion })
    // China's and the government's are accounts of another kind, with other names of resources.
    .regex(/^(?!cn-|us-gov-)[a-z]{2}(-[a-z]+)+-\d$/, { error: awsRegion })
    .describe("The region of AWS in which the key of Vault's seal and the off-site backups are."),
  addresses: z
    .cidrv4({ error: range })
    // A VPC's range has a prefix of 16 to 24 bits. DigitalOcean keeps 10.244.0.0 to 10.246.255.255 for itself.
    .regex(/^10\.(?!24[456]\.).+\/(1[6-9]|2[0-4])$/, { error: range })
    .refine(beginsWhereItSays, { error: range })
    .describe("The addresses of the private network. No two environments of an account may share any."),
  droplet: z
    .enum(DROPLET_SIZE_NAMES, { error: `write one of ${DROPLET_SIZE_NAMES.join(", ")}` })
    .describe("The size of each machine, in DigitalOcean's terms."),
  managers: z
    .literal([1, 3, 5, 7], { error: managers })
    .default(1)
    .describe("How many machines decide what runs where. The first has the volume with everybody's data."),
  workers: z
    .int({ error: workers })
    .min(0, { error: workers })
    .max(20, { error: workers })
    .default(0)
    .describe("How many machines only run containers."),
  volumeGibibytes: z
    .int({ error: gibibytes })
    .min(10, { error: gibibytes })
    .max(1000, { error: gibibytes })
    .describe("The size of the volume that holds Docker's volumes. It can grow, and never shrink."),
  ssh: z
    .strictObject({
      sources: z
        .array(
          z
            .cidrv4({ error: source })
            .regex(/\/(1[6-9]|2\d|3[0-2])$/, { error: source })
            .refine(beginsWhereItSays, { error: source }),
          { error: "write a list of address ranges, such as 203.0.113.7/32" },
        )
        .min(1, { error: "write one address range at least: nobody could reach the machines" })
        .describe("From where people may open SSH connections."),
      keys: z
        .record(name(30), publicKey)
        .refine((keys) => !("ci" in keys), { error: "write CI's key as ciKey: it opens less" })
        .refine((keys) => Object.keys(keys).length > 0, { error: "write one key at least, by its owner's name" })
        .describe("Who looks after the machines: public keys, by their owners' names."),
      ciKey: publicKey.optional().describe("CI's public key, which opens Docker alone."),
    })
    .refine((ssh) => haveDifferentKeys(keysWithOwners(ssh).map(([, key]) => key)), {
      error: "write a key once: DigitalOcean takes it once, and who has it is one person, or CI",
    })
    .describe("Who reaches the machines themselves."),
  database: z
    .strictObject({
      size: z
        .enum(DATABASE_SIZE_NAMES, { error: `write one of ${DATABASE_SIZE_NAMES.join(", ")}` })
        .describe("The size of the managed PostgreSQL cluster, in DigitalOcean's terms."),
      maintenance: z
        .strictObject({
          day: z.enum(DAYS, { error: "write a day of the week in lower case" }).describe("The day."),
          hour: z.int({ error: hour }).min(0, { error: hour }).max(23, { error: hour }).describe("The hour, in UTC."),
        })
        .describe("When DigitalOcean may change the cluster under us."),
    })
    .describe("The managed PostgreSQL cluster."),
  alertEmail: z
    .email({ error: "write the address of a member of the DigitalOcean team" })
    .describe(
      "Whom DigitalOcean tells that a machine or the page is not well. It must be a verified address of the team.",
    ),
});
