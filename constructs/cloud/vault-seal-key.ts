import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { IamAccessKey } from "@cdktf/provider-aws/lib/iam-access-key";
import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { LayerStack } from "../terraform/layer-stack";
import { lifecycleOfKept } from "./lifecycle-of-kept";

/** As long as AWS allows: without the key Vault can never be opened again. */
const DAYS_UNTIL_DELETED = 30;
/** What arranges the key, and neither encrypts nor decrypts by it without changing this policy. */
const ADMINISTRATION = [
  ...["CreateAlias", "Describe", "Enable", "List", "Put", "Update", "Revoke", "Disable", "Get", "Delete"].map(
    (verb) => `kms:${verb}*`,
  ),
  "kms:TagResource",
  "kms:UntagResource",
  "kms:ScheduleKeyDeletion",
  "kms:CancelKeyDeletion",
];
const USE = ["kms:Encrypt", "kms:Decrypt", "kms:DescribeKey"];

/** The key of KMS that seals Vault, and the only user who may use it. He may do nothing else. */
export class VaultSealKey extends Construct {
  readonly keyId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { prefix } = LayerStack.of(this).environment;
    const { accountId } = new DataAwsCallerIdentity(this, "account");
    const vault = new IamUser(this, "user", { name: `${prefix}-vault-seal`, path: "/sprocket/" });
    const key = new KmsKey(this, "Resource", {
      description: `Seals Vault of ${prefix}. Without it Vault's data is lost.`,
      enableKeyRotation: true,
      deletionWindowInDays: DAYS_UNTIL_DELETED,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          allowed("Administration", `arn:aws:iam::${accountId}:root`, ADMINISTRATION),
          // He has no policy of his own: what he may do is here.
          allowed("Vault", vault.arn, USE),
        ],
      }),
      lifecycle: lifecycleOfKept(),
    });
    new KmsAlias(this, "alias", { name: `alias/${prefix}-vault-seal`, targetKeyId: key.keyId });
    const accessKey = new IamAccessKey(this, "access-key", { user: vault.name });
    this.keyId = key.keyId;
    this.accessKeyId = accessKey.id;
    this.secretAccessKey = accessKey.secret;
  }
}

function allowed(id: string, principal: string, actions: readonly string[]): object {
  return { Sid: id, Effect: "Allow", Principal: { AWS: principal }, Action: actions, Resource: "*" };
}
