import type { Environment } from "../../config/schema";
import { vaultAddress } from "../vault-address";
import type { FirstToken, Given, Recovery } from "./initialise";

/** What it takes to reach it from here. */
export function howToReach({ ports }: Environment): string {
  return `deploy layer-1, then open the SSH tunnel: ssh -L ${ports.vault}:127.0.0.1:${ports.vault} user@machine`;
}

/** How to get an empty Vault again, as long as nothing is in it. */
export function howToStartAnew({ name, prefix }: Environment): string {
  return `  docker service rm ${prefix}-vault
  docker volume rm ${prefix}-vault-data
  npm run deploy:layer -- ${name}-layer-1
  npm run ops -- vault init ${name}

The first two on the machine.`;
}

/** What will happen, before it does. */
export function explanation(environment: Environment, { shares, threshold }: Recovery): string {
  const { name } = environment;
  return `Vault at ${vaultAddress(environment)} is empty. This is what happens:

1. Vault is initialised. It makes ${shares} recovery keys, of which any ${threshold} will do. They do not unseal it, which
   AWS KMS does: they are the way back on the day when nobody can sign in.
2. The policy "administrator" is made, and a token with it that is good for two hours: enough to deploy
   ${name}-secrets, by which people and CI sign in.
3. The root token is revoked.

The recovery keys and the token are shown here once, and are stored nowhere. Have at hand where each key is to go,
and nobody behind you. An empty Vault does not say whose it is: look that the tunnel leads to ${name}'s machine.`;
}

/** For somebody who finds that there is nothing to do. */
export function initialisedBefore(environment: Environment): string {
  return `Vault at ${vaultAddress(environment)} was initialised before, and is unsealed. Nothing was changed.

Sign in:

  export VAULT_ADDR=${vaultAddress(environment)}
  vault login -method=github

When nobody can sign in any more, the recovery keys make a root token: vault operator generate-root. Vault 2 has to be
told first to let somebody without a token do that: docs/components/vault.md, "When nobody can sign in".
When nothing is in Vault yet, start anew:

${howToStartAnew(environment)}`;
}

/** The recovery keys, and what to do with them. */
export function recoveryKeysText(keys: readonly string[], { threshold }: Recovery): string {
  return `Recovery keys, of which any ${threshold} will do:

${keys.map((key, index) => `  ${index + 1}  ${key}`).join("\n")}

Give each to a different person. They are not shown again, and are stored nowhere.
`;
}

/** The token, and what to do with it. */
export function firstTokenText({ token, expires }: FirstToken, { name }: Environment): string {
  return `
The root token is revoked. In its place, until ${expires.toISOString()}:

  export VAULT_TOKEN=${token}

Next, deploy ${name}-secrets with it: npm run ops -- up ${name}
From then on people sign in: vault login -method=github
`;
}

/** What is left to do by hand after a failure, and with what. */
export function unfinishedText({ rootToken, token }: Given, environment: Environment): string {
  const { name } = environment;
  const other = token === undefined ? "" : `\nToken for two hours, if that one is refused:\n\n  ${token}\n`;
  return `
Root token, which may not be revoked:

  ${rootToken}
${other}
Vault is initialised, with the recovery keys above. Go on by hand:

  export VAULT_ADDR=${vaultAddress(environment)} VAULT_TOKEN=…
  npm run ops -- up ${name}
  vault token revoke -self    # once people can sign in

Or, as nothing is in Vault yet, start anew, without these keys:

${howToStartAnew(environment)}
`;
}
