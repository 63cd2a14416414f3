import type { EnvironmentInput } from "../schema";

/** One box at a LAN event or at home, reached by everyone on its network. */
export const lan: EnvironmentInput = {
  name: "lan",
  prefix: "sprocket-lan",
  platform: "lan",
  hosts: { kind: "address", address: "192.168.1.20" },
  ports: { http: 80, https: 443, vault: 8200 },
  certificates: { kind: "private" },
  signIn: { kind: "github", organization: "SprocketBot", team: "infrastructure" },
  alerts: { kind: "discord" },
  state: { kind: "local" },
  database: "container",
};
