import { z } from "zod";
import { domain, name, team, text, url } from "./fields";

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

/** Where Terraform's state is kept. */
export const state = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("local") }).describe("A file in `state/`."),
    z.strictObject({
      kind: z.literal("spaces"),
      region: z
        .string({ error: "write a Spaces region such as nyc3" })
        .regex(/^[a-z]{3}\d$/, { error: "write a Spaces region such as nyc3" })
        .describe("The region of the bucket."),
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
