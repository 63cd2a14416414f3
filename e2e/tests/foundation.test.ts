import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { checkEnvironments } from "../../config/environments";
import { production } from "../../config/environments/production";
import { staging } from "../../config/environments/staging";
import { imagesOf } from "../../config/images/catalogue";
import type { Environment, EnvironmentInput } from "../../config/schema";
import { firstErrorOf } from "../../ops/diagnosis/providers";
import { Foundation } from "../../stacks/foundation";
import { run } from "../support/command";
import { WORK_FOLDER } from "../support/work-folder";

const FOLDER = join(WORK_FOLDER, "foundations");
/** DigitalOcean is not asked for anything while nothing exists, so nobody has to have an account. */
const MADE_UP = {
  DIGITALOCEAN_TOKEN: `dop_v1_${"a".repeat(64)}`,
  SPACES_ACCESS_KEY_ID: "A".repeat(20),
  SPACES_SECRET_ACCESS_KEY: "a".repeat(40),
};
const ofStaging = staging.cloud as NonNullable<EnvironmentInput["cloud"]>;

const clouds = {
  production: checkEnvironments({ production })[0],
  staging: checkEnvironments({ staging })[0],
  "3 managers": checkEnvironments({ staging: { ...staging, cloud: { ...ofStaging, managers: 3 } } })[0],
  "3 managers and 2 workers": checkEnvironments({
    staging: { ...staging, cloud: { ...ofStaging, managers: 3, workers: 2 } },
  })[0],
} as Readonly<Record<string, Environment>>;

/** Synthesises a foundation, with its state beside it. */
function synthesised(what: string, environment: Environment): string {
  const outdir = join(FOLDER, what.replaceAll(" ", "-"));
  mkdirSync(outdir, { recursive: true });
  const app = new App({ outdir });
  new Foundation(app, { environment, images: imagesOf(environment) });
  app.synth();
  const folder = join(outdir, "stacks", `${environment.name}-foundation`);
  const file = join(folder, "cdk.tf.json");
  const json = JSON.parse(readFileSync(file, "utf8"));
  delete json.terraform.backend;
  writeFileSync(file, JSON.stringify(json));
  return folder;
}

function initialised(folder: string): string | undefined {
  const { status, stdout, stderr } = spawnSync("terraform", ["init", "-input=false", "-no-color"], {
    cwd: folder,
    encoding: "utf8",
  });
  return status === 0 ? undefined : firstErrorOf(`${stdout}${stderr}`);
}

const folders = Object.entries(clouds).map(([what, environment]) => [what, synthesised(what, environment)] as const);
const obstacle = folders.map(([, folder]) => initialised(folder)).find((each) => each !== undefined);

(obstacle === undefined ? describe : describe.skip)(
  `foundations${obstacle === undefined ? "" : ` (${obstacle})`}`,
  () => {
    test.each(folders)("%s: is valid, and can be planned with made-up credentials", async (what, folder) => {
      const { exitCode, output } = await run("terraform", ["validate", "-no-color"], { folder });
      expect({ exitCode, output }).toEqual({
        exitCode: 0,
        output: expect.stringContaining("The configuration is valid"),
      });

      const plan = await run("terraform", ["plan", "-input=false", "-no-color", "-detailed-exitcode"], {
        folder,
        environment: MADE_UP,
      });

      expect(plan).toMatchObject({ exitCode: 2 });
      const machines = plan.output.match(/# digitalocean_droplet\.\w+ will be created/g) ?? [];
      const { managers = 1, workers = 0 } = clouds[what]?.cloud ?? {};
      expect(machines).toHaveLength(managers + workers);
      expect(plan.output).toMatch(/, 0 to change, 0 to destroy\./);
    });
  },
);
