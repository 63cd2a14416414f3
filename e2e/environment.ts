import { checkEnvironments } from "../config/environments";
import type { Environment } from "../config/schema";

/** Environments of the tests' own, so that they never touch a developer's. */
const [laptop, box] = checkEnvironments({
  e2e: {
    name: "e2e",
    prefix: "sprocket-e2e",
    platform: "laptop",
    hosts: { kind: "localhost" },
    ports: { http: 18080, https: 18443, vault: 18200 },
    certificates: { kind: "none" },
    signIn: { kind: "none" },
    loopbackSources: ["192.168.65.1/32"],
    state: { kind: "local" },
    database: "container",
  },
  "e2e-lan": {
    name: "e2e-lan",
    prefix: "sprocket-lan-e2e",
    platform: "lan",
    hosts: { kind: "address", address: "127.0.0.1" },
    ports: { http: 19080, https: 19443, vault: 19200 },
    certificates: { kind: "private" },
    signIn: { kind: "github", organization: "SprocketBot", team: "infrastructure" },
    state: { kind: "local" },
    database: "container",
  },
}) as [Environment, Environment];

/** A laptop. */
export const environment = laptop;

/** One box on a LAN: TLS by a private authority, operators sign in. */
export const lanEnvironment = box;
