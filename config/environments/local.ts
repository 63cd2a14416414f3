import type { EnvironmentInput } from "../schema";

/** A developer's own machine: no account anywhere, reached by itself only. */
export const local: EnvironmentInput = {
  name: "local",
  prefix: "sprocket-local",
  platform: "laptop",
  hosts: { kind: "localhost" },
  ports: { http: 80, https: 443, vault: 8200 },
  certificates: { kind: "none" },
  signIn: { kind: "none" },
  // Docker Desktop forwards the machine's own requests from this address.
  loopbackSources: ["192.168.65.1/32"],
  alerts: { kind: "none" },
  state: { kind: "local" },
  database: "container",
  applications: { playground: true },
};
