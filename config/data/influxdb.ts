/** The one organisation. */
export const INFLUXDB_ORGANIZATION = "sprocket";

/** The buckets, and how many days they keep a point. */
export const INFLUXDB_BUCKETS = {
  /** What the applications measure. */
  analytics: { retentionDays: 90 },
  /** What the collectors measure. */
  metrics: { retentionDays: 30 },
} as const;

/** The name of a bucket. */
export type InfluxDbBucketName = keyof typeof INFLUXDB_BUCKETS;

interface TokenHolder {
  readonly access: "read" | "write";
  readonly buckets: readonly InfluxDbBucketName[];
}

/** Who has a token, and what it lets them do. */
export const INFLUXDB_TOKEN_HOLDERS = {
  "server-analytics-service": { access: "write", buckets: ["analytics"] },
  telegraf: { access: "write", buckets: ["metrics"] },
  grafana: { access: "read", buckets: ["analytics", "metrics"] },
} as const satisfies Record<string, TokenHolder>;

/** Who has a token. */
export type InfluxDbTokenHolderName = keyof typeof INFLUXDB_TOKEN_HOLDERS;

/** Everybody who has a token. */
export const INFLUXDB_TOKEN_HOLDER_NAMES = Object.keys(INFLUXDB_TOKEN_HOLDERS) as readonly InfluxDbTokenHolderName[];
