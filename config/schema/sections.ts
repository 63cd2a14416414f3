import { z } from "zod";
import { SCALABLE_APPLICATIONS } from "../applications";
import { domain, name, region, team, text, url } from "./fields";

/** How public host names are made. */
export const hosts = z.discriminatedUnion(
  "kind",
  [
    z
      .strictObject({ kind: z.literal("localhost") })
      .describe("Names below `localhost`, which browsers resolve by themselves."),
    z.strictObject({ kind: z.literal("domain"), domain: domain.describe("The domain of all public hosts.") }),
    z.strictObject({
      kind: z.literal("address"),
      address: z
        .ipv4({ error: "write the machine's IPv4 address, such as 192.168.1.20" })
        .describe("The machine's address, which sslip.io resolves from the name."),
    }),
  ],
  { error: 'write kind "localhost", "domain" or "address"' },
);

/** Where TLS certificates come from. */
export const certificates = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("none") }).describe("Plain HTTP."),
    z.strictObject({ kind: z.literal("private") }).describe("An authority of the environment's own."),
    z.strictObject({
      kind: z.literal("acme"),
      authority: z
        .enum(["production", "staging"], {
          error: 'write "production" or "staging": which of Let\'s Encrypt\'s authorities',
        })
        .describe("Which of Let's Encrypt's authorities signs."),
      email: z
        .email({ error: "write the address that Let's Encrypt warns before expiry" })
        .describe("The address that Let's Encrypt warns before expiry."),
    }),
  ],
  { error: 'write kind "none", "private" or "acme"' },
);

/** How operators prove who they are. */
export const signIn = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("none") }).describe("Whoever reaches the machine is an operator."),
    z.strictObject({
      kind: z.literal("github"),
      organization: text("the GitHub organisation's name").describe("The organisation's name."),
      team: text("the operators' team by its slug").describe("The operators' team, by its slug."),
    }),
  ],
  { error: 'write kind "none" or "github"' },
);

/** Who is told that something is wrong. */
export const alerts = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("none") }).describe("Nobody: what is wrong can be looked up."),
    z.strictObject({
      kind: z.literal("discord"),
      standIn: url.optional().describe("What is told in place of Discord and of the heartbeat's service. For tests."),
    }),
  ],
  { error: 'write kind "none" or "discord"' },
);

/** Where Terraform's state is kept. */
export const state = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("local") }).describe("A file in `state/`."),
    z.strictObject({
      kind: z.literal("spaces"),
      region: region("Spaces region").describe("The region of the bucket."),
      bucket: name(63).describe("The bucket."),
    }),
  ],
  { error: 'write kind "local" or "spaces"' },
);

/** How people and CI sign in to Vault. */
export const vaultSignIn = z.strictObject({
  github: z
    .strictObject({
      organization: text("the GitHub organisation's name").describe("The organisation's name."),
      teams: z
        .strictObject({
          administrator: team("administrators").describe("Arranges Vault, and deploys every layer."),
          operator: team("operators").describe(
            "Reads and replaces secrets, and deploys the layers that only read them.",
          ),
          developer: team("developers").describe("Sees which secrets there are, and no value."),
        })
        .describe("For each role in Vault the team whose members have it, by its slug."),
      apiUrl: url.default("https://api.github.com/").describe("GitHub's API."),
    })
    .optional()
    .describe("People, by their teams in GitHub."),
  ci: z
    .strictObject({
      repository: z
        .string({ error: "write the repository as owner/name" })
        .regex(/^[\w.-]+\/[\w.-]+$/, { error: "write the repository as owner/name" })
        .describe("The one repository whose jobs may sign in."),
      deploymentEnvironment: text("the repository's deployment environment").describe(
        "The repository's deployment environment, whose protection rules say which jobs may deploy.",
      ),
      issuer: url
        .default("https://token.actions.githubusercontent.com")
        .describe("Who signs the tokens that CI brings."),
    })
    .optional()
    .describe("CI, by the tokens that its platform signs for a job."),
});

const replicas = "write how many containers, a whole number from 1 to 10";
const logLevels = ["error", "warn", "log", "debug", "verbose"] as const;

/** What the applications do differently here. */
export const applications = z.strictObject({
  replicas: z
    .partialRecord(
      z.enum(SCALABLE_APPLICATIONS),
      z.int({ error: replicas }).min(1, { error: replicas }).max(10, { error: replicas }),
      { error: `there may be several of ${SCALABLE_APPLICATIONS.join(", ")}, and of no other` },
    )
    .default({})
    .describe("How many containers an application has, by its name; 1 where it is left out."),
  logLevels: z
    .array(z.enum(logLevels, { error: `write one of ${logLevels.join(", ")}` }), {
      error: `write a list of ${logLevels.join(", ")}`,
    })
    .min(1, { error: "write one level at least: without any, some applications do not start" })
    .default(["error", "warn", "log"])
    .describe("What the applications log."),
  playground: z.boolean({ error: "write true or false" }).default(false).describe("The API's page to try queries on."),
  organization: z
    .int({ error: "write the organisation's number in the database" })
    .min(1, { error: "write the organisation's number in the database" })
    .default(2)
    .describe("The organisation that players sign in to, by its number in the database."),
  botPrefix: text("what begins a command to the bot").default("s.").describe("What begins a command to the bot."),
  elo: z
    .strictObject({
      dgraph: z
        .string({ error: "write Dgraph's host and port, such as dgraph.example.org:9080" })
        .regex(/^[a-z0-9.-]+:\d{1,5}$/, { error: "write Dgraph's host and port, such as dgraph.example.org:9080" })
        .describe("Host and port of Dgraph, which the service keeps its ratings in."),
    })
    .optional()
    .describe("The service that rates players, whose source is not public. Without it the API's jobs for it pile up."),
  chatwoot: z
    .strictObject({
      url: url.describe("Chatwoot's base URL."),
      websiteToken: text("the token of the website's inbox").describe(
        "The token of the website's inbox, which is public.",
      ),
    })
    .optional()
    .describe("The support chat on the web pages."),
});
