import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { LayerStack } from "../terraform/layer-stack";
import { lifecycleOfKept } from "./lifecycle-of-kept";

/** For how many days nobody, not even the account's owner, can delete or overwrite a backup. */
const LOCKED_DAYS = 30;
const KEPT_DAYS = 90;
/** A former version is locked for as long as it was when it was current. */
const FORMER_VERSIONS_DAYS = 7;

/**
 * A bucket for backups that neither DigitalOcean nor whoever gets hold of a key can take from us: AWS refuses to delete
 * what is in it before its time is over.
 */
export class OffsiteBackups extends Construct {
  /** The bucket's name. */
  readonly bucket: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { id: bucket, arn } = new S3Bucket(this, "Resource", {
      bucket: `${LayerStack.of(this).environment.prefix}-offsite-backups`,
      objectLockEnabled: true,
      lifecycle: lifecycleOfKept(["bucket"]),
    });
    this.bucket = bucket;
    this.keepToOurselves(bucket, arn);
    this.keepForAWhile(bucket);
  }

  private keepToOurselves(bucket: string, arn: string): void {
    const access = new S3BucketPublicAccessBlock(this, "access", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "ownership", { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    new S3BucketPolicy(this, "policy", {
      bucket,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "OnlyEncrypted",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [arn, `${arn}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
      // AWS takes one change of who has access at a time.
      dependsOn: [access],
    });
  }

  private keepForAWhile(bucket: string): void {
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketObjectLockConfigurationA(this, "lock", {
      bucket,
      rule: { defaultRetention: { mode: "COMPLIANCE", days: LOCKED_DAYS } },
      dependsOn: [versioning],
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket,
      rule: [
        {
          id: "end",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days: KEPT_DAYS }],
          noncurrentVersionExpiration: [{ noncurrentDays: FORMER_VERSIONS_DAYS }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
        },
      ],
      dependsOn: [versioning],
    });
  }
}
