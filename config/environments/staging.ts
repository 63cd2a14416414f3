import { EXAMPLE_KEYS } from "../examples";
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
  cloud: {
    region: "nyc3",
    offsiteRegion: "us-east-1",
    addresses: "10.61.0.0/20",
    droplet: "s-8vcpu-16gb",
    volumeGibibytes: 50,
    ssh: {
      sources: ["203.0.113.0/24"],
      keys: { operations: EXAMPLE_KEYS.stagingOperations },
      ciKey: EXAMPLE_KEYS.stagingCi,
    },
    database: { size: "db-s-1vcpu-1gb", maintenance: { day: "monday", hour: 9 } },
    alertEmail: "operations@sprocket-staging.example.org",
  },
};
