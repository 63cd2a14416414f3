/** The one organisation. */
export const INFLUXDB_ORGANIZATION = "sprocket";

/** The buckets, and how many days they keep a point. */
export const INFLUXDB_BUCKETS = {
  /** What the applications measure. */
  analytics: { retentionDays: 90 },
} as const;

/** The name of a bucket. */
export type InfluxDbBucketName = keyof typeof INFLUXDB_BUCKETS;

interface TokenHolder {
  readonly access: "read" | "write";
  readonly buckets: readonly InfluxDbBucketName[];
}

interface Reader {
  readonly buckets: readonly InfluxDbBucketName[];
}

/** Who has a token, and what it lets them do. */
export const INFLUXDB_TOKEN_HOLDERS = {
  "server-analytics-service": { access: "write", buckets: ["analytics"] },
} as const satisfies Record<string, TokenHolder>;

/** Who has a token. */
export type InfluxDbTokenHolderName = keyof typeof INFLUXDB_TOKEN_HOLDERS;

/** Everybody who has a token. */
export const INFLUXDB_TOKEN_HOLDER_NAMES = Object.keys(INFLUXDB_TOKEN_HOLDERS) as readonly InfluxDbTokenHolderName[];

/** Who reads with a password, because it is in the layer that runs InfluxDB and could not wait for a token. */
export const INFLUXDB_READERS = { grafana: { buckets: ["analytics"] } } as const satisfies Record<string, Reader>;

/** The name of somebody who reads with a password. */
export type InfluxDbReaderName = keyof typeof INFLUXDB_READERS;

/** Everybody who reads with a password. */
export const INFLUXDB_READER_NAMES = Object.keys(INFLUXDB_READERS) as readonly InfluxDbReaderName[];
