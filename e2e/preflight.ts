import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { obtainable } from "../ops/diagnosis/images";
import { firstErrorOf } from "../ops/diagnosis/providers";
import { isManager, type SwarmInfo } from "../ops/swarm/engine";
import { images, WATCHERS } from "./images";
import { synthesise } from "./program";
import { run } from "./support/command";
import { engine } from "./support/swarm";

const OLDEST_TERRAFORM = [1, 11] as const;
/** What the layers run on a laptop. */
const NEEDED_IMAGES = [
  "traefik",
  "socketProxy",
  "vault",
  "node",
  "redis",
  "rabbitmq",
  "postgres",
  "s3",
  "influxdb",
  "python",
] as const satisfies readonly (keyof typeof images)[];
const EXTRA_IMAGES = ["kms", "oauth2Proxy", ...WATCHERS] as const;

/**
 * Why these tests cannot run here: what is missing, and what that thing said.
 *
 * @returns an empty list when they can
 */
export async function obstacles(): Promise<readonly string[]> {
  return [...(await terraformAndProviderObstacles()), ...(await dockerObstacles())];
}

/** Terraform's providers alone; cheap, and the first thing to find out where a Swarm has to be built. */
export async function terraformAndProviderObstacles(): Promise<readonly string[]> {
  const terraform = await terraformObstacles();
  return terraform.length > 0 ? terraform : await providerObstacles();
}

/** The images beyond a laptop's own that some tests need and that cannot be had. */
export async function missingExtraImages(): Promise<readonly (typeof EXTRA_IMAGES)[number][]> {
  const obtainable = await Promise.all(EXTRA_IMAGES.map((key) => isObtainable(images[key].reference)));
  return EXTRA_IMAGES.filter((_, index) => !obtainable[index]);
}

async function isObtainable(reference: string): Promise<boolean> {
  return typeof (await obtainable(reference, engine)) === "string";
}

async function terraformObstacles(): Promise<readonly string[]> {
  try {
    const { stdout } = await run("terraform", ["version", "-json"]);
    const { terraform_version: version } = JSON.parse(stdout) as {
      terraform_version: string;
    };
    const [major = 0, minor = 0] = version.split(".").map(Number);
    const [wantedMajor, wantedMinor] = OLDEST_TERRAFORM;
    return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
      ? []
      : [`Terraform ${version} is too old; ${OLDEST_TERRAFORM.join(".")} is the oldest that will do`];
  } catch (error) {
    return [`Terraform cannot be run: ${(error as Error).message}`];
  }
}

async function providerObstacles(): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "sprocket-e2e-"));
  try {
    synthesise({ outdir: folder });
    const { exitCode, output } = await run("terraform", ["init", "-backend=false", "-input=false", "-no-color"], {
      folder: join(folder, "stacks", "e2e-layer-1"),
      timeoutSeconds: 120,
    });
    return exitCode === 0 ? [] : [`Terraform's providers cannot be had: ${firstErrorOf(output)}`];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function dockerObstacles(): Promise<readonly string[]> {
  let info: SwarmInfo;
  try {
    info = await engine.info();
  } catch (error) {
    return [`Docker cannot be reached: ${(error as Error).message}`];
  }
  if (!isManager(info)) {
    return ["Docker runs, but this node is no manager of a Swarm; `docker swarm init` makes it one"];
  }
  const references = NEEDED_IMAGES.map((key) => images[key].reference);
  const obtainable = await Promise.all(references.map(isObtainable));
  return references
    .filter((_, index) => !obtainable[index])
    .map((reference) => `The image ${reference} is not here and its registry does not answer for it`);
}
