import { ASSUMED, inThousands } from "./assumptions";
import type { Bill, Billing, Charge, Resource } from "./billing";
import { AMAZON_PRICES, type AmazonPrices } from "./prices";

const REQUESTS_PER_KEY_PRICE = 10_000;
const REQUESTS_PER_STORAGE_PRICE = 1_000;
const PART_OF_BUCKET = "the bucket is paid by what it holds";
const IAM = "IAM costs nothing";
/** Arguments by which a resource is elsewhere than its layer. */
const ANOTHER_REGION = ["provider", "region"];

/** How what Amazon gives is billed, by Terraform's types. */
export const AMAZON_BILLING: Readonly<Record<string, Billing>> = {
  aws_kms_key: { bill: (key) => billInRegion(key, (prices) => keyCharges(key, prices)), unpriced: ANOTHER_REGION },
  aws_s3_bucket: { bill: (bucket) => billInRegion(bucket, bucketCharges), unpriced: ANOTHER_REGION },
  aws_kms_alias: { free: "the key is paid" },
  aws_s3_bucket_lifecycle_configuration: { free: PART_OF_BUCKET },
  aws_s3_bucket_object_lock_configuration: { free: PART_OF_BUCKET },
  aws_s3_bucket_ownership_controls: { free: PART_OF_BUCKET },
  aws_s3_bucket_policy: { free: PART_OF_BUCKET },
  aws_s3_bucket_public_access_block: { free: PART_OF_BUCKET },
  aws_s3_bucket_server_side_encryption_configuration: { free: PART_OF_BUCKET },
  aws_s3_bucket_versioning: { free: PART_OF_BUCKET },
  aws_iam_user: { free: IAM },
  aws_iam_access_key: { free: IAM },
};

function billInRegion({ layer }: Resource, chargesAt: (prices: AmazonPrices) => readonly Charge[]): Bill {
  const region = layer.providers.aws?.[0]?.region;
  const prices = AMAZON_PRICES[String(region)];
  return prices === undefined
    ? {
        unknown: `there are no prices of region ${JSON.stringify(region)}; write them into AMAZON_PRICES of ops/cost/prices.ts, which has ${Object.keys(AMAZON_PRICES).join(", ")}`,
      }
    : { charges: chargesAt(prices) };
}

function keyCharges({ arguments: { enable_key_rotation: isRotated } }: Resource, prices: AmazonPrices): Charge[] {
  const { sealRequests, keyRotations } = ASSUMED;
  return [
    { price: prices.key, quantity: 1 },
    ...(isRotated === true
      ? [{ price: prices.keyRotation, quantity: keyRotations, note: "from its third year on" }]
      : []),
    {
      price: prices.keyRequests,
      quantity: sealRequests / REQUESTS_PER_KEY_PRICE,
      note: `${inThousands(sealRequests)} of them`,
    },
  ];
}

function bucketCharges({ storage, storageWrites }: AmazonPrices): Charge[] {
  const { offsiteGibibytes, offsiteWrites } = ASSUMED;
  return [
    { price: storage, quantity: offsiteGibibytes, note: `${offsiteGibibytes} GiB` },
    {
      price: storageWrites,
      quantity: offsiteWrites / REQUESTS_PER_STORAGE_PRICE,
      note: `${inThousands(offsiteWrites)} of them`,
    },
  ];
}
