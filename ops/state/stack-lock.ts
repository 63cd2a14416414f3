import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { terraformKeys } from "./keys";
import { type LockInfo, lockAt } from "./lock";

const CONFIGURATION = "cdk.tf.json";

/** What is read here of what Terraform is told about a state. */
interface Configuration {
  readonly terraform?: {
    readonly backend?: {
      readonly s3?: {
        readonly bucket: string;
        readonly key: string;
        readonly endpoints: { readonly s3: string };
        readonly use_path_style?: boolean;
      };
    };
  };
}

/**
 * Who holds the lock of a stack's state, wherever the stack's own configuration says that it is.
 *
 * @param folder the stack's, with its configuration
 * @returns undefined where nobody does, or where the state is a file
 * @throws FaultsError when a key is missing
 * @throws OperatorError when the lock cannot be read
 */
export async function stackLockHolder(folder: string): Promise<LockInfo | undefined> {
  const { terraform } = JSON.parse(await readFile(join(folder, CONFIGURATION), "utf8")) as Configuration;
  const s3 = terraform?.backend?.s3;
  return (
    s3 &&
    lockAt(
      { endpoint: s3.endpoints.s3, pathStyle: s3.use_path_style ?? false },
      s3.bucket,
      s3.key,
      terraformKeys(process.env),
    )
  );
}
