import { randomBytes } from "node:crypto";
import type { Fault } from "../../config/faults";
import type { Bucket } from "./bucket";
import { CUSTOMER_KEY_VARIABLE } from "./keys";
import { STATE_ENDING, stateFolder } from "./place";

const BYTES = 32;

/** A new key for states: 256 bits in base64. */
export function newCustomerKey(): string {
  return randomBytes(BYTES).toString("base64");
}

/** The keys of an environment's states that are there. */
export async function statesOf(bucket: Bucket, environment: string): Promise<readonly string[]> {
  return (await bucket.keys(stateFolder(environment))).filter((key) => key.endsWith(STATE_ENDING));
}

/**
 * What keeps the states that are there from being read with a customer key, the given one or a new one.
 *
 * @param customerKey the one that people brought
 */
export async function customerKeyFaults(
  bucket: Bucket,
  environment: string,
  customerKey: string | undefined,
): Promise<readonly Fault[]> {
  const states = await statesOf(bucket, environment);
  const faults = await Promise.all(
    states.map(async (state): Promise<readonly Fault[]> => {
      const where = `${bucket.name}/${state}`;
      if (!(await bucket.with(undefined).refuses(state))) {
        return [
          {
            where,
            message:
              "it is not encrypted: whoever may read the bucket reads the secrets in it; encrypt it as docs/operations/terraform-state.md says",
          },
        ];
      }
      if (customerKey === undefined) {
        return [
          {
            where,
            message: `it is encrypted already, so no other key is made; set ${CUSTOMER_KEY_VARIABLE} to the key that it was encrypted with`,
          },
        ];
      }
      return (await bucket.with(customerKey).refuses(state))
        ? [
            {
              where,
              message: `it was encrypted with another key than the one in ${CUSTOMER_KEY_VARIABLE}; set that one`,
            },
          ]
        : [];
    }),
  );
  return faults.flat();
}
