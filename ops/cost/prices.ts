import type { DATABASE_SIZE_NAMES, DropletSizeName } from "../../config/sizes";
import type { Price } from "./price";

const OF_DROPLETS = {
  unit: "month",
  read: "2026-10-08",
  readBy: "others",
  source: "https://www.digitalocean.com/pricing/droplets",
} as const;

/** Machines, by their sizes at DigitalOcean. */
export const DROPLET_PRICES = {
  "s-4vcpu-8gb": { what: "Droplet s-4vcpu-8gb", dollars: 48, ...OF_DROPLETS },
  "s-8vcpu-16gb": { what: "Droplet s-8vcpu-16gb", dollars: 96, ...OF_DROPLETS },
} as const satisfies Record<DropletSizeName, Price>;

// With the storage that a size begins with: 10, 30 and 60 GiB.
const OF_DATABASES = {
  unit: "month",
  read: "2026-09-30",
  readBy: "others",
  source: "https://www.digitalocean.com/pricing/managed-databases",
} as const;

/** PostgreSQL clusters of one node, by their sizes at DigitalOcean. */
export const DATABASE_PRICES = {
  "db-s-1vcpu-1gb": { what: "PostgreSQL db-s-1vcpu-1gb", dollars: 15.15, ...OF_DATABASES },
  "db-s-1vcpu-2gb": { what: "PostgreSQL db-s-1vcpu-2gb", dollars: 30.45, ...OF_DATABASES },
  "db-s-2vcpu-4gb": { what: "PostgreSQL db-s-2vcpu-4gb", dollars: 60.9, ...OF_DATABASES },
} as const satisfies Record<(typeof DATABASE_SIZE_NAMES)[number], Price>;

const OF_SPACES = {
  read: "2026-10-08",
  readBy: "others",
  source: "https://www.digitalocean.com/pricing/spaces-object-storage",
} as const;

/** How many GiB the subscription to Spaces includes. */
export const SPACES_INCLUDED_GIBIBYTES = 250;

/** What else DigitalOcean asks for. Its prices are the same in all regions. */
export const DIGITALOCEAN_PRICES = {
  volume: {
    what: "Volume",
    dollars: 0.1,
    unit: "GiB and month",
    read: "2026-10-08",
    readBy: "others",
    source: "https://www.digitalocean.com/pricing/volumes",
  },
  spaces: {
    what: `Spaces: the subscription with ${SPACES_INCLUDED_GIBIBYTES} GiB`,
    dollars: 5,
    unit: "account and month",
    ...OF_SPACES,
  },
  spacesBeyond: { what: "Spaces: beyond what is included", dollars: 0.02, unit: "GiB and month", ...OF_SPACES },
  uptimeCheck: {
    what: "Uptime check",
    dollars: 1,
    unit: "check and month",
    read: "2026-03-27",
    readBy: "us",
    source: "https://docs.digitalocean.com/products/uptime/details/",
  },
  transfer: {
    what: "Data sent, beyond what is included",
    dollars: 0.01,
    unit: "GiB",
    read: "2026-08-20",
    readBy: "others",
    source: "https://docs.digitalocean.com/platform/billing/bandwidth/",
  },
  idleAddress: {
    what: "Reserved IP without a droplet",
    dollars: 5,
    unit: "month",
    read: "2026-09-30",
    readBy: "others",
    source: "https://docs.digitalocean.com/products/networking/reserved-ips/details/pricing/",
  },
} as const satisfies Record<string, Price>;

/** What Amazon asks for in one of its regions. */
export interface AmazonPrices {
  readonly key: Price;
  readonly keyRotation: Price;
  readonly keyRequests: Price;
  readonly storage: Price;
  readonly storageWrites: Price;
}

const OF_KEYS = { read: "2026-09-19", readBy: "others", source: "https://aws.amazon.com/kms/pricing/" } as const;
const OF_STORAGE = { read: "2026-10-08", readBy: "others", source: "https://aws.amazon.com/s3/pricing/" } as const;

/** What Amazon asks for, by region. */
export const AMAZON_PRICES: Readonly<Record<string, AmazonPrices>> = {
  "us-east-1": {
    key: { what: "KMS: key", dollars: 1, unit: "month", ...OF_KEYS },
    keyRotation: {
      what: "KMS: first and second rotation of a key",
      dollars: 1,
      unit: "rotation and month",
      ...OF_KEYS,
    },
    keyRequests: { what: "KMS: requests", dollars: 0.03, unit: "10,000 requests", ...OF_KEYS },
    storage: { what: "S3 Standard", dollars: 0.023, unit: "GiB and month", ...OF_STORAGE },
    storageWrites: { what: "S3 Standard: requests that write", dollars: 0.005, unit: "1,000 requests", ...OF_STORAGE },
  },
};

/** Every price of the table. */
export const ALL_PRICES: readonly Price[] = [
  ...Object.values(DROPLET_PRICES),
  ...Object.values(DATABASE_PRICES),
  ...Object.values(DIGITALOCEAN_PRICES),
  ...Object.values(AMAZON_PRICES).flatMap((prices) => Object.values(prices)),
];
