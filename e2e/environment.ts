import { checkEnvironments } from "../config/environments";
import type { Environment } from "../config/schema";

/** An environment of the tests' own, so that they never touch a developer's. */
export const [environment] = checkEnvironments({
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
}) as [Environment];
