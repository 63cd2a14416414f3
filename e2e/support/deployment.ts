import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildApplications, DUMP_FILE } from "../applications/build";
import { ORGANIZATION_ID } from "../identity";
import { images } from "../images";
import type { StackName } from "../program";
import { cdktfArguments, PROJECT_FOLDER } from "./cdktf";
import { mustRun, type Outcome } from "./command";
import { measured } from "./report";
import { Terraform } from "./terraform";
import { prepareVolumes } from "./volumes";
import { stateFileOf, WORK_FOLDER } from "./work-folder";

/** What people would bring, of the right shape and easy to find where it should not be. */
export const CANARIES = {
  TF_VAR_discord_bot_token: `canary${"B".repeat(20)}.canary.${"c".repeat(27)}`,
  TF_VAR_discord_client_id: "31415926535897932384",
} as const;

/** What every stack of the tests' laptop is given. */
export const VARIABLES = {
  ...CANARIES,
  TF_VAR_alerts_discord_webhook: `https://discord.com/api/webhooks/${"1".repeat(18)}/${"w".repeat(68)}`,
  TF_VAR_alerts_heartbeat_url: "https://heartbeat.example.org/heartbeat",
  TF_VAR_github_organization_id: ORGANIZATION_ID,
  TF_VAR_schema_dump: join(WORK_FOLDER, "schema.sql.gz"),
} as const;

const FROM_THE_TOP: readonly StackName[] = [
  "e2e-platform",
  "e2e-foundation",
  "e2e-layer-2",
  "e2e-secrets",
  "e2e-offsite",
  "e2e-layer-1",
];

/** Deploys some layers as a person would, one after the other. */
export function deploy(...stacks: StackName[]): Promise<Outcome> {
  return mustRun("npm", ["run", "--silent", "deploy:layer", "--", ...stacks, "--auto-approve", ...cdktfArguments], {
    folder: PROJECT_FOLDER,
    environment: VARIABLES,
  });
}

/** Deploys the secrets and the data services, from nothing. */
export function deployDataServices(): Promise<void> {
  return once("data-services", async () => {
    const outsideWorld = new Terraform("e2e-offsite");
    await outsideWorld.init();
    await outsideWorld.mustApply();
    await prepareVolumes();
    const { seconds } = await deploy("e2e-secrets", "e2e-layer-2");
    measured("cdktf deploy of the secrets and the data services, from nothing", `${seconds.toFixed(1)} s`);
  });
}

/** Deploys the applications, and before them what they stand on, from nothing. */
export async function deployApplications(): Promise<void> {
  await deployDataServices();
  await once("applications", async () => {
    await buildApplications({ node: images.node.reference, python: images.python.reference });
    writeFileSync(VARIABLES.TF_VAR_schema_dump, gzipSync(readFileSync(DUMP_FILE)));
    const { seconds } = await deploy("e2e-platform");
    measured("cdktf deploy of the applications, from nothing", `${seconds.toFixed(1)} s`);
  });
}

/** Does something unless it was done in this run: every file of tests begins by what it needs. */
async function once(what: string, action: () => Promise<void>): Promise<void> {
  const marker = join(WORK_FOLDER, `${what}-are-deployed`);
  if (!existsSync(marker)) {
    await action();
    writeFileSync(marker, "");
  }
}

/** Destroys whatever was applied, from the top. */
export async function destroyEverything(): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const stack of FROM_THE_TOP) {
    if (existsSync(stateFileOf(stack))) {
      outcomes.push(await new Terraform(stack, VARIABLES).destroy());
    }
  }
  return outcomes;
}
