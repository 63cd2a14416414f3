import { checkEnvironments } from "../config/environments";
import { lan } from "../config/environments/lan";
import { local } from "../config/environments/local";
import type { Environment } from "../config/schema";
import { IDENTITY_PROVIDER_URL, NOTICES_URL, ORGANIZATION, REPOSITORY } from "./identity";

/** The committed environments under names and at ports of the tests' own, so that they never touch a developer's. */
const [laptop, box, task] = checkEnvironments({
  e2e: {
    ...local,
    name: "e2e",
    prefix: "sprocket-e2e",
    ports: { http: 18080, https: 18443, vault: 18200 },
    alerts: { kind: "discord", standIn: NOTICES_URL },
    // Several of what is updated under load.
    applications: { replicas: { core: 2, web: 2 } },
    vaultSignIn: {
      github: {
        organization: ORGANIZATION,
        teams: { administrator: "administrators", operator: "operators", developer: "developers" },
        apiUrl: `${IDENTITY_PROVIDER_URL}/`,
      },
      ci: { repository: REPOSITORY, deploymentEnvironment: "e2e", issuer: IDENTITY_PROVIDER_URL },
    },
  },
  "e2e-lan": {
    ...lan,
    name: "e2e-lan",
    prefix: "sprocket-lan-e2e",
    hosts: { kind: "address", address: "127.0.0.1" },
    ports: { http: 19080, https: 19443, vault: 19200 },
  },
  "e2e-task": { ...local, name: "e2e-task", prefix: "sprocket-task-e2e" },
}) as [Environment, Environment, Environment];

/** A laptop. */
export const environment = laptop;

/** One box on a LAN: TLS by a private authority, operators sign in. */
export const lanEnvironment = box;

/** Where a task fails. */
export const taskEnvironment = task;
