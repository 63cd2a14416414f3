interface DropletSize {
  readonly cpus: number;
  readonly memoryGibibytes: number;
}

/** The sizes of DigitalOcean's machines that an environment may have, by their names there. */
export const DROPLET_SIZES = {
  "s-4vcpu-8gb": { cpus: 4, memoryGibibytes: 8 },
  "s-8vcpu-16gb": { cpus: 8, memoryGibibytes: 16 },
} as const satisfies Record<string, DropletSize>;

/** The name of a size. */
export type DropletSizeName = keyof typeof DROPLET_SIZES;

/** The names of all sizes. */
export const DROPLET_SIZE_NAMES = Object.keys(DROPLET_SIZES) as readonly DropletSizeName[];

/** The sizes of a managed PostgreSQL cluster that an environment may have, by their names at DigitalOcean. */
export const DATABASE_SIZE_NAMES = ["db-s-1vcpu-1gb", "db-s-1vcpu-2gb", "db-s-2vcpu-4gb"] as const;
