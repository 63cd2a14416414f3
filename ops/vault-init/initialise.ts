import { setTimeout as sleep } from "node:timers/promises";
import { ADMINISTRATOR_POLICY } from "../../constructs/secrets/vault-policies";
import type { VaultRole } from "../../constructs/secrets/vault-roles";
import { type VaultApi, VaultRefusal } from "./vault-api";

/** The stack `secrets` makes the same policy again, and from then on keeps it: nothing is left behind. */
const ROLE: VaultRole = "administrator";
const TOKEN_TTL = "2h";
const LONGEST_UNSEALING_SECONDS = 60;
const PAUSE_MILLISECONDS = 250;

/** How the recovery key is shared out. */
export interface Recovery {
  /** Among how many people. */
  readonly shares: number;
  /** How many of them it takes. */
  readonly threshold: number;
}

/** With what the stack `secrets` is deployed for the first time. */
export interface FirstToken {
  readonly token: string;
  readonly expires: Date;
}

/** What Vault has given out by the time that something fails, beside the recovery keys. */
export interface Given {
  /** Perhaps still good. */
  readonly rootToken: string;
  /** What should have been all that is left. */
  token?: string;
}

/** Something failed after Vault was initialised, which cannot be done again. */
export class UnfinishedError extends Error {
  constructor(
    readonly given: Given,
    cause: unknown,
  ) {
    super("Vault is initialised, and the rest is not done", { cause });
    this.name = "UnfinishedError";
  }
}

/**
 * Initialises an empty Vault that KMS unseals, and leaves no root token.
 *
 * @param handOut takes the recovery keys the moment that they are there: nothing may fail before
 * @param interrupted stops between two steps, and never while Vault makes the keys
 * @throws UnfinishedError when something fails once Vault made the keys
 */
export async function initialise(
  vault: VaultApi,
  { shares, threshold }: Recovery,
  handOut: (recoveryKeys: readonly string[]) => void,
  interrupted: AbortSignal,
): Promise<FirstToken> {
  const made = await vault.call<{ readonly recovery_keys_base64: readonly string[]; readonly root_token: string }>(
    "PUT",
    "sys/init",
    { recovery_shares: shares, recovery_threshold: threshold },
  );
  handOut(made.recovery_keys_base64);
  const given: Given = { rootToken: made.root_token };
  try {
    return await changeRootTokenForAnother(vault, given, interrupted);
  } catch (cause) {
    throw new UnfinishedError(given, cause);
  }
}

async function changeRootTokenForAnother(vault: VaultApi, given: Given, interrupted: AbortSignal): Promise<FirstToken> {
  const root = vault.as(given.rootToken);
  await untilActive(vault, interrupted);
  await root.call("PUT", `sys/policies/acl/${ROLE}`, { policy: JSON.stringify(ADMINISTRATOR_POLICY) });
  interrupted.throwIfAborted();
  const first = await firstToken(root);
  given.token = first.token;
  // Twice: before there is no way back, and because a token that depends on root's would end with it.
  await mustDeploy(vault.as(first.token));
  interrupted.throwIfAborted();
  await root.call("POST", "auth/token/revoke-self");
  await mustBeRefused(root);
  await mustDeploy(vault.as(first.token));
  return first;
}

async function untilActive(vault: VaultApi, interrupted: AbortSignal): Promise<void> {
  const until = performance.now() + LONGEST_UNSEALING_SECONDS * 1000;
  for (;;) {
    interrupted.throwIfAborted();
    const { sealed, standby } = await vault.state();
    if (!sealed && !standby) {
      return;
    }
    if (performance.now() > until) {
      throw new Error(`it was not unsealed by KMS within ${LONGEST_UNSEALING_SECONDS} s`);
    }
    await sleep(PAUSE_MILLISECONDS);
  }
}

async function firstToken(root: VaultApi): Promise<FirstToken> {
  const { auth } = await root.call<{ auth: { readonly client_token: string; readonly lease_duration: number } }>(
    "POST",
    "auth/token/create-orphan",
    { display_name: "first-deploy", policies: [ROLE], ttl: TOKEN_TTL, explicit_max_ttl: TOKEN_TTL, renewable: false },
  );
  return { token: auth.client_token, expires: new Date(Date.now() + auth.lease_duration * 1000) };
}

/** Asks for something that the policy allows and that nobody may without it. */
async function mustDeploy(vault: VaultApi): Promise<void> {
  await vault.call("GET", `sys/policies/acl/${ROLE}`);
}

async function mustBeRefused(root: VaultApi): Promise<void> {
  try {
    await root.call("GET", "auth/token/lookup-self");
  } catch (error) {
    if (error instanceof VaultRefusal && error.status === 403) {
      return;
    }
    throw error;
  }
  throw new Error("it still takes the root token, although it said that it revoked it");
}
