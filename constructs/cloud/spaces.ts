import { SpacesBucket } from "@cdktf/provider-digitalocean/lib/spaces-bucket";
import { SpacesBucketCorsConfiguration } from "@cdktf/provider-digitalocean/lib/spaces-bucket-cors-configuration";
import { SpacesKey } from "@cdktf/provider-digitalocean/lib/spaces-key";
import { Construct } from "constructs";
import {
  BUCKET_NAMES,
  BUCKET_USER_NAMES,
  BUCKET_USERS,
  type BucketName,
  type BucketUserName,
} from "../../config/data/object-storage";
import { byName } from "../terraform/by-name";
import { LayerStack } from "../terraform/layer-stack";
import { cloudOf } from "./cloud-of";
import { lifecycleOfKept } from "./lifecycle-of-kept";

/** For how many days what was overwritten or deleted can be had back. */
const FORMER_VERSIONS_DAYS = 30;
const UNFINISHED_UPLOADS_DAYS = 1;

export interface SpacesProps {
  /** The origin of the pages whose scripts may use presigned URLs of the bucket of images. */
  readonly corsOrigin: string;
}

/** The buckets in Spaces, private and with their history, and for each of their users a key that opens one bucket. */
export class Spaces extends Construct {
  readonly host: string;
  /** The provider's resources. */
  readonly buckets: Readonly<Record<BucketName, SpacesBucket>>;
  /** The provider's resources. */
  readonly keys: Readonly<Record<BucketUserName, SpacesKey>>;

  constructor(scope: Construct, id: string, { corsOrigin }: SpacesProps) {
    super(scope, id);
    const { region } = cloudOf(this);
    const { prefix } = LayerStack.of(this).environment;
    this.host = `${region}.digitaloceanspaces.com`;
    this.buckets = byName(BUCKET_NAMES, (name) => this.bucket(name, region));
    this.keys = byName(BUCKET_USER_NAMES, (user) => {
      const { bucket, access } = BUCKET_USERS[user];
      return new SpacesKey(this, `key-${user}`, {
        name: `${prefix}-${user}`,
        grant: [{ bucket: this.buckets[bucket].name, permission: access }],
      });
    });
    new SpacesBucketCorsConfiguration(this, "images-cors", {
      bucket: this.buckets.images.name,
      region,
      corsRule: [
        {
          allowedOrigins: [corsOrigin],
          allowedMethods: ["GET", "HEAD", "PUT"],
          allowedHeaders: ["*"],
          maxAgeSeconds: 3600,
        },
      ],
    });
  }

  private bucket(name: BucketName, region: string): SpacesBucket {
    return new SpacesBucket(this, name, {
      name: `${LayerStack.of(this).environment.prefix}-${name}`,
      region,
      acl: "private",
      versioning: { enabled: true },
      lifecycleRule: [
        {
          id: "former-versions",
          enabled: true,
          // What marks something as deleted, once no version of it is left.
          expiration: { expiredObjectDeleteMarker: true },
          noncurrentVersionExpiration: { days: FORMER_VERSIONS_DAYS },
          abortIncompleteMultipartUploadDays: UNFINISHED_UPLOADS_DAYS,
        },
      ],
      lifecycle: lifecycleOfKept(["name"]),
    });
  }
}
