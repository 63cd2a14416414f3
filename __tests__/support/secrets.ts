import { environmentVariable } from "../../config/secrets/catalogue";
import { OPERATOR_SECRET_PATHS, type OperatorSecretPath } from "../../config/secrets/operator-secrets";

/** For everything that people bring a value of the right shape that nobody could take for a real one. */
export const MADE_UP_SECRETS: Readonly<Record<OperatorSecretPath, string>> = {
  "aws/access-key-id": "A".repeat(20),
  "aws/secret-access-key": "a".repeat(40),
  "aws/sse-customer-key": `${"a".repeat(43)}=`,
  "digitalocean/token": `dop_v1_${"b".repeat(64)}`,
  "spaces/access-key-id": "B".repeat(20),
  "spaces/secret-access-key": "b".repeat(40),
  "amazon/access-key-id": "C".repeat(20),
  "amazon/secret-access-key": "c".repeat(40),
  "digitalocean/dns-token": `dop_v1_${"a".repeat(64)}`,
  "github/oauth-client-id": "a".repeat(20),
  "github/oauth-client-secret": "a".repeat(40),
  "github/organization-id": "1".repeat(8),
  "discord/bot-token": [24, 6, 27].map((length) => "a".repeat(length)).join("."),
  "discord/client-id": "1".repeat(18),
  "discord/client-secret": "a".repeat(32),
  "google/client-id": `${"1".repeat(12)}-${"a".repeat(32)}.apps.googleusercontent.com`,
  "google/client-secret": "a".repeat(35),
  "ballchasing/token": "a".repeat(40),
  "alerts/discord-webhook": `https://discord.com/api/webhooks/${"1".repeat(18)}/${"a".repeat(68)}`,
  "alerts/heartbeat-url": "https://heartbeat.example.org/ping/aaaaaaaa",
  "elo/dgraph-api-key": "a".repeat(16),
  "chatwoot/hmac-key": "a".repeat(24),
};

/** All of it as a deployment would find it: by environment variable. */
export function madeUpEnvironment(): Record<string, string> {
  return Object.fromEntries(OPERATOR_SECRET_PATHS.map((path) => [environmentVariable(path), MADE_UP_SECRETS[path]]));
}
