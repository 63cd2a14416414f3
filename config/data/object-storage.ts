/** The buckets. Their names in a cloud are unique in the world, so these are only what we call them. */
export const BUCKET_NAMES = ["images", "replays", "backups"] as const;

/** What we call a bucket. */
export type BucketName = (typeof BUCKET_NAMES)[number];

interface BucketUser {
  /** The one bucket that its key opens. */
  readonly bucket: BucketName;
  readonly access: "read" | "readwrite";
}

/**
 * Who has a key to object storage, and what it opens. The names are the consumers' own.
 */
export const BUCKET_USERS = {
  core: { bucket: "replays", access: "readwrite" },
  "submission-service": { bucket: "replays", access: "read" },
  "replay-parse-service": { bucket: "replays", access: "readwrite" },
  "image-generation-service": { bucket: "images", access: "readwrite" },
  "image-generation-frontend": { bucket: "images", access: "readwrite" },
  "discord-bot": { bucket: "images", access: "read" },
  backup: { bucket: "backups", access: "readwrite" },
} as const satisfies Record<string, BucketUser>;

/** Who has a key to object storage. */
export type BucketUserName = keyof typeof BUCKET_USERS;

/** Everybody who has a key to object storage. */
export const BUCKET_USER_NAMES = Object.keys(BUCKET_USERS) as readonly BucketUserName[];
