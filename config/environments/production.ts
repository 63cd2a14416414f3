import { EXAMPLE_KEYS } from "../examples";
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
  cloud: {
    region: "nyc3",
    offsiteRegion: "us-east-1",
    addresses: "10.60.0.0/20",
    droplet: "s-8vcpu-16gb",
    volumeGibibytes: 50,
    ssh: {
      sources: ["203.0.113.0/24"],
      keys: { operations: EXAMPLE_KEYS.productionOperations },
      ciKey: EXAMPLE_KEYS.productionCi,
    },
    database: { size: "db-s-1vcpu-1gb", maintenance: { day: "tuesday", hour: 9 } },
    alertEmail: "operations@sprocket.example.org",
  },
  applications: { replicas: { core: 2, web: 2 } },
};
