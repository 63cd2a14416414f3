import { Testing } from "cdktf";
import { Offsite } from "../../stacks/offsite";
import { interpolated, layerProps, synthesise } from "../support/testing";

const json = synthesise(new Offsite(Testing.app(), layerProps("production")));
const resources = json.resource as Record<string, Record<string, any>>;

test("takes variables of its own for AWS: in the environment AWS's are Spaces'", () => {
  expect(json.provider.aws).toEqual([
    {
      access_key: interpolated("var.amazon_access_key_id"),
      secret_key: interpolated("var.amazon_secret_access_key"),
      region: "us-east-1",
      default_tags: [{ tags: { environment: "production" } }],
    },
  ]);
  expect(json.variable?.amazon_secret_access_key.sensitive).toBe(true);
});

test("one user may encrypt and decrypt by the seal's key, and the account may only arrange it", () => {
  const { policy, deletion_window_in_days: days } = (resources.aws_kms_key as any).vault_seal;
  const [administration, vault, ...others] = JSON.parse(policy).Statement;

  expect(others).toEqual([]);
  expect(vault).toMatchObject({
    Principal: { AWS: interpolated("aws_iam_user.vault_seal_user.arn") },
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:DescribeKey"],
  });
  expect(administration.Principal.AWS).toBe(
    `arn:aws:iam::${interpolated("data.aws_caller_identity.vault_seal_account.account_id")}:root`,
  );
  expect(administration.Action).toContain("kms:Put*");
  expect(days).toBe(30);
});

test("nobody takes a backup away before its time, and none stays for ever", () => {
  expect(resources.aws_s3_bucket?.backups.object_lock_enabled).toBe(true);
  expect(resources.aws_s3_bucket_object_lock_configuration?.backups_lock.rule.default_retention).toEqual({
    mode: "COMPLIANCE",
    days: 30,
  });
  expect(resources.aws_s3_bucket_lifecycle_configuration?.backups_lifecycle.rule[0]).toMatchObject({
    expiration: [{ days: 90 }],
    noncurrent_version_expiration: [{ noncurrent_days: 7 }],
  });
});

test("hands on the seal's key, with its secret half as a secret", () => {
  const { output = {} } = json;

  expect(output.seal_key_id.value).toBe(interpolated("aws_kms_key.vault_seal.key_id"));
  expect(Object.keys(output).filter((name) => output[name].sensitive)).toEqual(["seal_secret_access_key"]);
});
