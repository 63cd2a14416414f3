import { type Fault, rejectFaults } from "../../config/faults";
import { KEY_OF_256_BITS } from "../../config/secrets/shapes";

/** The environment variable of the key that encrypts states. */
export const CUSTOMER_KEY_VARIABLE = "AWS_SSE_CUSTOMER_KEY";

/** A key of an S3 server. */
export interface AccessKey {
  /** The environment variable that its id was in. */
  readonly variable: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What people bring for the states of an environment. */
export interface StateKeys {
  /** With which Terraform reads and writes states. */
  readonly terraform?: AccessKey;
  /** With which buckets are made and arranged: the one of Spaces where it is there, or Terraform's. */
  readonly maker: AccessKey;
  /** Encrypts the states. */
  readonly customerKey?: string;
}

/** With what Terraform reads and writes states. */
export interface TerraformKeys {
  readonly access: AccessKey;
  readonly customerKey: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Takes what it needs to make and arrange buckets.
 *
 * @throws FaultsError with all that is missing or malformed
 */
export function stateKeys(variables: Variables): StateKeys {
  const faults: Fault[] = [];
  const terraform = accessKey("AWS", variables, faults);
  const full = accessKey("SPACES", variables, faults);
  const customerKey = checkedCustomerKey(variables, faults);
  const maker = full ?? terraform;
  if (maker === undefined && faults.length === 0) {
    faults.push(missing("AWS_ACCESS_KEY_ID"));
  }
  rejectFaults("environment variables", faults);
  return { terraform, maker: maker as AccessKey, customerKey };
}

/**
 * Takes what Terraform takes.
 *
 * @throws FaultsError with all that is missing or malformed
 */
export function terraformKeys(variables: Variables): TerraformKeys {
  const faults: Fault[] = [];
  const access = accessKey("AWS", variables, faults);
  const customerKey = checkedCustomerKey(variables, faults);
  const wrong = faults.map(({ where }) => where);
  const absent = [
    ...(access === undefined ? ["AWS_ACCESS_KEY_ID"] : []),
    ...(customerKey === undefined ? [CUSTOMER_KEY_VARIABLE] : []),
  ].filter((variable) => !wrong.includes(variable));
  rejectFaults("environment variables", [...faults, ...absent.map(missing)]);
  return { access: access as AccessKey, customerKey: customerKey as string };
}

function accessKey(prefix: "AWS" | "SPACES", variables: Variables, faults: Fault[]): AccessKey | undefined {
  const [id, secret] = [`${prefix}_ACCESS_KEY_ID`, `${prefix}_SECRET_ACCESS_KEY`] as const;
  const { [id]: accessKeyId = "", [secret]: secretAccessKey = "" } = variables;
  if (accessKeyId === "" && secretAccessKey === "") {
    return undefined;
  }
  faults.push(...(accessKeyId === "" ? [missing(id)] : []), ...(secretAccessKey === "" ? [missing(secret)] : []));
  return { variable: id, accessKeyId, secretAccessKey };
}

function checkedCustomerKey(variables: Variables, faults: Fault[]): string | undefined {
  const { [CUSTOMER_KEY_VARIABLE]: key = "" } = variables;
  if (key === "") {
    return undefined;
  }
  if (!new RegExp(KEY_OF_256_BITS.pattern).test(key)) {
    faults.push({ where: CUSTOMER_KEY_VARIABLE, message: `is malformed; it is ${KEY_OF_256_BITS.description}` });
  }
  return key;
}

function missing(where: string): Fault {
  return { where, message: "is not set; docs/operations/terraform-state.md says where to get it" };
}
