import { report } from "../report";
import type { Initialised } from "./init";
import type { KeptState } from "./keep";
import { CUSTOMER_KEY_VARIABLE } from "./keys";
import { holderText, type LockInfo } from "./lock";
import type { StatePlace } from "./place";

/** What Terraform reads of what is kept for an environment. */
export const EXPORTS: readonly string[] = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  CUSTOMER_KEY_VARIABLE,
  "AWS_REQUEST_CHECKSUM_CALCULATION=when_required",
  "AWS_RESPONSE_CHECKSUM_VALIDATION=when_required",
];

/** What came of `ops state init`, for people. */
export function initialisedText(place: StatePlace, initialised: Initialised): string {
  const { findings, newCustomerKey, isTerraformsKeyTried } = initialised;
  const parts = [report(findings, verdict(place, initialised))];
  if (findings.some(({ state }) => state === "failed")) {
    return parts.join("\n\n");
  }
  if (!isTerraformsKeyTried) {
    parts.push(nextKeyText(place, initialised));
  }
  if (newCustomerKey !== undefined) {
    parts.push(customerKeyText(place, newCustomerKey));
  }
  if (isTerraformsKeyTried) {
    parts.push(`Terraform reads these from its environment:\n\n${EXPORTS.map((name) => `  ${name}`).join("\n")}`);
  }
  return parts.join("\n\n");
}

/** Who holds a lock, for people. */
export function lockText(environment: string, layer: string, info: LockInfo): string {
  return [
    `${environment}/${layer} is locked by ${holderText(info)}, for ${info.Operation}.`,
    "Where that one does not run any more, after npm run synth:",
    `  terraform -chdir=cdktf.out/stacks/${environment}-${layer} force-unlock ${info.ID}`,
  ].join("\n");
}

/**
 * That nobody holds the lock of a layer, for people.
 *
 * @param layers those that have a state
 */
export function unlockedText(environment: string, layer: string, layers: readonly string[]): string {
  const text = `Nobody holds the lock of ${environment}/${layer}`;
  return layers.includes(layer)
    ? `${text}.`
    : `${text}, which has no state. Those that have one: ${layers.join(", ") || "none"}.`;
}

function verdict({ environment, bucket }: StatePlace, { findings, isTerraformsKeyTried }: Initialised): string {
  if (findings.some(({ state }) => state === "failed")) {
    return `${environment}'s states must not be kept in ${bucket} as it is.`;
  }
  if (!isTerraformsKeyTried) {
    return `Not finished: the buckets are arranged, and Terraform's own key was not tried.`;
  }
  const changed = findings.some(({ state }) => state === "changed") ? "" : " Nothing was changed.";
  return `The lock of ${environment}'s states can be trusted.${changed}`;
}

function nextKeyText({ environment }: StatePlace, { buckets }: Initialised): string {
  return `Make a limited key in DigitalOcean, Spaces Object Storage, Access Keys: "Read/Write/Delete" for ${buckets.join(" and ")}.
Set it as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and run this again: npm run ops -- state init ${environment}`;
}

function customerKeyText({ environment }: StatePlace, key: string): string {
  return `A new key that encrypts the states. It is shown once, and is stored nowhere:

  ${CUSTOMER_KEY_VARIABLE}=${key}

Keep it in Doppler's config tools of ${environment}, and in two password safes. Whoever has it and the access key reads
every secret in the states. Without it the states are lost: DigitalOcean does not have it.`;
}

/** What came of keeping the history of an environment's states, for people. */
export function keptText(environment: string, states: readonly KeptState[]): string {
  const of = (wanted: KeptState["kept"]) => states.filter(({ kept }) => kept === wanted).map(({ state }) => state);
  const copied = of("copied");
  if (states.length === 0) {
    return `${environment} has no state yet.`;
  }
  if (copied.length > 0) {
    return `Copied to where former states are kept: ${copied.join(", ")}.`;
  }
  return of("as a version").length === states.length
    ? `The bucket itself keeps former states of ${environment}.`
    : `No state of ${environment} changed since it was copied.`;
}
