import type { Environment } from "../schema";
import { type OperatorSecret, ofApplications, ofTerraform, ofTools } from "./secret";
import * as shapes from "./shapes";

const isInCloud = ({ platform }: Environment) => platform === "cloud";
const operatorsSignIn = ({ signIn }: Environment) => signIn.kind === "github";
const asksLetsEncrypt = ({ certificates }: Environment) => certificates.kind === "acme";
const tellsDiscord = ({ alerts }: Environment) => alerts.kind === "discord";
const keepsStateInSpaces = ({ state }: Environment) => state.kind === "spaces";

/**
 * What people bring, by path. In Doppler and in Terraform its name is made from the path.
 */
export const OPERATOR_SECRETS = {
  "aws/access-key-id": ofTools({
    purpose: "Opens the Spaces bucket that holds Terraform's state",
    users: ["Terraform"],
    obtain: "DigitalOcean, Spaces Object Storage, Access Keys; a limited one for the state bucket",
    shape: shapes.S3_ACCESS_KEY_ID,
    neededBy: keepsStateInSpaces,
  }),
  "aws/secret-access-key": ofTools({
    purpose: "The other half of the state bucket's key",
    users: ["Terraform"],
    obtain: "DigitalOcean, Spaces Object Storage, Access Keys; shown once, with the access key id",
    shape: shapes.S3_SECRET_ACCESS_KEY,
    neededBy: keepsStateInSpaces,
  }),
  "aws/sse-customer-key": ofTools({
    purpose: "Encrypts Terraform's state, which holds secrets; without it the state is lost",
    users: ["Terraform"],
    obtain: "`npm run ops -- state init` makes it, once per environment, and shows it once",
    shape: shapes.KEY_OF_256_BITS,
    neededBy: keepsStateInSpaces,
  }),
  "digitalocean/token": ofTools({
    purpose: "Lets Terraform make machines, the database, buckets and the zone",
    users: ["Terraform"],
    obtain: "DigitalOcean, API, Tokens; one with full access and an end",
    shape: shapes.hexadecimal(64, "dop_v1_"),
    neededBy: isInCloud,
  }),
  "spaces/access-key-id": ofTools({
    purpose: "Lets Terraform make buckets in Spaces, which the API's token cannot",
    users: ["Terraform"],
    obtain: "DigitalOcean, Spaces Object Storage, Access Keys; one with full access",
    shape: shapes.S3_ACCESS_KEY_ID,
    neededBy: isInCloud,
  }),
  "spaces/secret-access-key": ofTools({
    purpose: "The other half of the key that makes buckets",
    users: ["Terraform"],
    obtain: "DigitalOcean, Spaces Object Storage, Access Keys; shown once, with the access key id",
    shape: shapes.S3_SECRET_ACCESS_KEY,
    neededBy: isInCloud,
  }),
  "amazon/access-key-id": ofTerraform({
    purpose: "Lets Terraform make the key of Vault's seal and the bucket of off-site backups in AWS",
    users: ["Terraform"],
    obtain: "AWS, IAM, Users, the one for this project, Security credentials, Access keys",
    shape: shapes.S3_ACCESS_KEY_ID,
    neededBy: isInCloud,
  }),
  "amazon/secret-access-key": ofTerraform({
    purpose: "The other half of the key for AWS",
    users: ["Terraform"],
    obtain: "AWS, IAM; shown once, with the access key id",
    shape: shapes.S3_SECRET_ACCESS_KEY,
    neededBy: isInCloud,
  }),
  "digitalocean/dns-token": ofTerraform({
    purpose: "Lets Traefik prove to Let's Encrypt that <domain> is ours",
    users: ["traefik"],
    obtain: "DigitalOcean, API, Tokens; a custom-scoped one for domains: read, create, update and delete",
    shape: shapes.hexadecimal(64, "dop_v1_"),
    neededBy: asksLetsEncrypt,
  }),
  "github/oauth-client-id": ofTerraform({
    purpose: "Identifies auth.<domain> to GitHub, where operators sign in",
    users: ["sign-in"],
    obtain: "GitHub, the organisation <organisation>, Settings, OAuth Apps; callback <url of auth>/oauth2/callback",
    shape: shapes.lettersAndDigits(20),
    neededBy: operatorsSignIn,
    // GitHub shows it to every browser.
    harmless: true,
  }),
  "github/oauth-client-secret": ofTerraform({
    purpose: "Proves to GitHub that a sign-in comes from here",
    users: ["sign-in"],
    obtain: "GitHub, the same OAuth App as the client id, Client secrets",
    shape: shapes.hexadecimal(40),
    neededBy: operatorsSignIn,
  }),
  "github/organization-id": ofTerraform({
    purpose: "Tells Vault by its number which organisation's members may sign in, so that it need not ask GitHub",
    users: ["vault"],
    obtain: "GitHub, https://api.github.com/orgs/<organisation>, the field id",
    shape: shapes.digits(1, 12),
    neededBy: ({ vaultSignIn }) => vaultSignIn.github !== undefined,
    harmless: true,
  }),
  "discord/bot-token": ofApplications({
    purpose: "Signs the bot in to Discord",
    users: ["discord-bot"],
    obtain: "Discord, Developer Portal, the application, Bot, Reset Token",
    shape: shapes.DISCORD_BOT_TOKEN,
    feature: "the Discord bot",
  }),
  "discord/client-id": ofApplications({
    purpose: "Identifies Sprocket to Discord, where players sign in",
    users: ["core"],
    obtain: "Discord, Developer Portal, the application, OAuth2, Client ID",
    shape: shapes.digits(17, 20),
    feature: "sign-in with Discord",
  }),
  "discord/client-secret": ofApplications({
    purpose: "Proves to Discord that a sign-in comes from Sprocket",
    users: ["core"],
    obtain: "Discord, Developer Portal, the application, OAuth2, Client Secret",
    shape: shapes.token(32),
    feature: "sign-in with Discord",
  }),
  "google/client-id": ofApplications({
    purpose: "Identifies Sprocket to Google, where players sign in",
    users: ["core"],
    obtain: "Google Cloud Console, APIs & Services, Credentials, OAuth 2.0 Client IDs",
    shape: shapes.GOOGLE_CLIENT_ID,
    feature: "sign-in with Google",
  }),
  "google/client-secret": ofApplications({
    purpose: "Proves to Google that a sign-in comes from Sprocket",
    users: ["core"],
    obtain: "Google Cloud Console, the same client as the client id",
    shape: shapes.token(24),
    feature: "sign-in with Google",
  }),
  "ballchasing/token": ofApplications({
    purpose: "Lets the replay parser ask ballchasing.com",
    users: ["replay-parse-service"],
    obtain: "ballchasing.com, Upload, API key",
    shape: shapes.lettersAndDigits(40),
    feature: "what ballchasing.com says of a replay",
  }),
  "alerts/discord-webhook": {
    ...ofApplications({
      purpose: "Lets alerts be written to a channel of Discord",
      users: ["alertmanager"],
      obtain: "Discord, the operators' channel, Edit Channel, Integrations, Webhooks, New Webhook, Copy Webhook URL",
      shape: shapes.DISCORD_WEBHOOK,
    }),
    neededBy: tellsDiscord,
  },
  "alerts/heartbeat-url": {
    ...ofApplications({
      purpose: "Is called every few minutes; who answers there tells operators when the calls stop",
      users: ["alertmanager"],
      obtain:
        "a service that expects such calls, such as healthchecks.io: a check with a period of 5 minutes and 10 of grace, its ping URL",
      shape: shapes.SECRET_URL,
    }),
    neededBy: tellsDiscord,
  },
  "elo/dgraph-api-key": {
    ...ofApplications({
      purpose: "Opens Dgraph to the service that rates players",
      users: ["elo-service"],
      obtain: "whoever runs Dgraph; one without a key takes any text",
      shape: shapes.token(1),
    }),
    neededBy: ({ applications }) => applications.elo !== undefined,
  },
  "chatwoot/hmac-key": ofApplications({
    purpose: "Signs visitors of the support chat; the web application needs one even without a chat",
    users: ["web"],
    obtain: "Chatwoot, Inboxes, the website's inbox, Configuration, Identity Validation",
    shape: shapes.token(16),
    feature: "the support chat",
  }),
} as const satisfies Record<string, OperatorSecret>;

/** Where an operator's secret is found. */
export type OperatorSecretPath = keyof typeof OPERATOR_SECRETS;

/** Where all of them are found. */
export const OPERATOR_SECRET_PATHS = Object.keys(OPERATOR_SECRETS) as readonly OperatorSecretPath[];
