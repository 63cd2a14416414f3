import type { EnvironmentInput } from "../schema";

/** Production's rehearsal: the same cloud, another domain, untrusted certificates. */
export const staging: EnvironmentInput = {
  name: "staging",
  prefix: "sprocket-staging",
  platform: "cloud",
  hosts: { kind: "domain", domain: "sprocket-staging.example.org" },
  ports: { http: 80, https: 443, vault: 8200 },
  certificates: { kind: "acme", authority: "staging", email: "operations@sprocket-staging.example.org" },
  signIn: { kind: "github", organization: "SprocketBot", team: "infrastructure" },
  vaultSignIn: {
    github: {
      organization: "SprocketBot",
      teams: { administrator: "infrastructure", operator: "operations", developer: "developers" },
    },
    ci: { repository: "SprocketBot/sprocket-infrastructure", deploymentEnvironment: "staging" },
  },
  alerts: { kind: "discord" },
  state: { kind: "spaces", region: "nyc3", bucket: "sprocket-terraform-state" },
  database: "managed",
  droplet: "s-8vcpu-16gb",
};
