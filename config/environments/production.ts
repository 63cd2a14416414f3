import type { EnvironmentInput } from "../schema";

/** What the leagues play on. */
export const production: EnvironmentInput = {
  name: "production",
  prefix: "sprocket-production",
  platform: "cloud",
  hosts: { kind: "domain", domain: "sprocket.example.org" },
  ports: { http: 80, https: 443, vault: 8200 },
  certificates: { kind: "acme", authority: "production", email: "operations@sprocket.example.org" },
  signIn: { kind: "github", organization: "SprocketBot", team: "infrastructure" },
  vaultSignIn: {
    github: {
      organization: "SprocketBot",
      teams: { administrator: "infrastructure", operator: "operations", developer: "developers" },
    },
    ci: { repository: "SprocketBot/sprocket-infrastructure", deploymentEnvironment: "production" },
  },
  alerts: { kind: "discord" },
  state: { kind: "spaces", region: "nyc3", bucket: "sprocket-terraform-state" },
  database: "managed",
  droplet: "s-8vcpu-16gb",
  applications: { replicas: { core: 2, web: 2 } },
};
