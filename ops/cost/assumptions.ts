import { DIGITALOCEAN_PRICES, SPACES_INCLUDED_GIBIBYTES } from "./prices";

/** What nobody knows before the bill comes. Write here what a bill says otherwise. */
export const ASSUMED = {
  /** In all buckets of the account, former versions included. */
  spacesGibibytes: 100,
  /** In a bucket at Amazon, former versions included: there is the one for off-site backups. */
  offsiteGibibytes: 20,
  /** Requests of a month that write to such a bucket. */
  offsiteWrites: 10_000,
  /** Requests of a month to a key at Amazon: there is the one that seals Vault. */
  sealRequests: 10_000,
  /** Of a key that is rotated. Amazon charges no later one. */
  keyRotations: 2,
} as const;

/** The same for people, with all else that is taken for granted. */
export const ASSUMPTIONS: readonly string[] = [
  "Everything is there for the whole month.",
  `Spaces holds ${ASSUMED.spacesGibibytes} GiB, of all environments of the account. Each above ${SPACES_INCLUDED_GIBIBYTES} GiB costs ${DIGITALOCEAN_PRICES.spacesBeyond.dollars} $ a month.`,
  `No more data leaves DigitalOcean than its machines and Spaces include. Each GiB beyond costs ${DIGITALOCEAN_PRICES.transfer.dollars} $.`,
  `Each bucket at Amazon holds ${ASSUMED.offsiteGibibytes} GiB, and ${inThousands(ASSUMED.offsiteWrites)} requests a month write to it. Nobody restores from it.`,
  `Each key at Amazon is asked ${inThousands(ASSUMED.sealRequests)} times a month: Vault asks twice every ten minutes, and when it starts. Amazon's free requests are used up.`,
  `A key that is rotated every year is two years old. Amazon charges the first ${ASSUMED.keyRotations} rotations, and no later one.`,
];

/** A number as people read it: `10,000`. */
export function inThousands(count: number): string {
  return count.toLocaleString("en-US");
}
