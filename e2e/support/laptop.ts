import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { selectEnvironments } from "../../config/environments";
import { imagesOf } from "../../config/images/catalogue";
import { OVERRIDES_VARIABLE } from "../../config/images/overrides";
import type { Environment } from "../../config/schema";
import { objectsOf, volumesOf } from "../../ops/swarm/objects";
import type { StateResource } from "../../ops/terraform/workspace";
import { buildApplications, DUMP_FILE } from "../applications/build";
import { standInTag } from "../applications/tags";
import { images } from "../images";
import { PROJECT_FOLDER } from "./cdktf";
import { mustRun, type Outcome, run } from "./command";
import { eventually } from "./eventually";
import { engine } from "./swarm";
import { prepareVolumes } from "./volumes";
import { WORK_FOLDER } from "./work-folder";

const PROGRAM = [
  "config",
  "constructs",
  "ops",
  "stacks",
  "main.ts",
  "package.json",
  "tsconfig.json",
  "tsconfig.synth.json",
  "cdktf.json",
] as const;
const FOLDER = join(WORK_FOLDER, "laptop");
const LONGEST_START_SECONDS = 120;
const DUMP = join(FOLDER, "schema.sql.gz");

/** The committed environment of a laptop: the one that `npm run up` is about. */
export const [laptop] = selectEnvironments("local") as [Environment];

/** What an application's image is replaced by, by its name. */
export type Replaced = Readonly<Record<string, string>>;

/**
 * Makes a copy of the project, so that a developer's own states are not touched.
 *
 * @throws Error when the laptop's environment runs already: it would be a developer's
 */
export async function prepareLaptop(): Promise<void> {
  const [object] = await objectsOf(engine, laptop.prefix);
  const [volume] = await volumesOf(engine, laptop.prefix);
  if (object !== undefined || volume !== undefined) {
    throw new Error(`${object?.name ?? volume} is somebody's: \`npm run down -- --volumes\`, and test again`);
  }
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER);
  for (const entry of PROGRAM) {
    cpSync(join(PROJECT_FOLDER, entry), join(FOLDER, entry), { recursive: true });
  }
  symlinkSync(join(PROJECT_FOLDER, "node_modules"), join(FOLDER, "node_modules"));
  await buildApplications({ node: images.node.reference, python: images.python.reference });
  writeFileSync(DUMP, gzipSync(readFileSync(DUMP_FILE)));
  await prepareVolumes(laptop);
}

/** Runs an operator's command as a person does, with other images where a test wants that. */
export function ops(args: readonly string[], replaced: Replaced = {}): Promise<Outcome> {
  return run("npm", ["run", "--silent", "ops", "--", ...args], { folder: FOLDER, environment: variables(replaced) });
}

/** A command that was begun, with the Terraform that it began. */
export interface Begun {
  readonly terraform: number;
  /** How it ends; null where a signal ended it. */
  readonly exitCode: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
}

/**
 * Begins `ops up` as a process of its own, and waits until Terraform applies something.
 *
 * @param web the version of the web application
 * @param isTime whether it went far enough
 */
export async function startedUp(web: string, isTime: () => Promise<boolean>): Promise<Begun> {
  const child = spawn(process.execPath, ["--import", "tsx", "ops/main.ts", "up", laptop.name], {
    cwd: FOLDER,
    env: { ...process.env, ...variables({ web: standInTag("web", web) }), CHECKPOINT_DISABLE: "1" },
    stdio: "ignore",
  });
  const exitCode = once(child, "exit").then(([code]) => code as number | null);
  let terraform: number | undefined;
  await eventually("Terraform applies", LONGEST_START_SECONDS, async () => {
    terraform = JSON.parse(readFileSync(join(FOLDER, "state", `${laptop.name}.run.json`), "utf8")).process;
    return terraform !== undefined && (await isTime());
  });
  return { terraform: terraform as unknown as number, exitCode, kill: (signal) => void child.kill(signal) };
}

/** How long Terraform took to apply a layer when it last did, in seconds. */
export function applySecondsOf(layer: string): number {
  const lines = readFileSync(join(FOLDER, "state", `${laptop.name}-${layer}.apply.log`), "utf8")
    .trim()
    .split("\n");
  const [first, last] = [lines[0], lines.at(-1)].map((line) => Date.parse(JSON.parse(line ?? "{}")["@timestamp"]));
  return ((last ?? Number.NaN) - (first ?? Number.NaN)) / 1000;
}

/** Has Terraform forget a resource of a layer. */
export async function forget(layer: string, address: string): Promise<void> {
  const folder = join(FOLDER, "cdktf.out", "stacks", `${laptop.name}-${layer}`);
  await mustRun("terraform", ["state", "rm", address], { folder });
}

/** The state of a layer. */
export function stateOf(layer: string): { readonly resources: readonly StateResource[] } {
  return JSON.parse(readFileSync(join(FOLDER, "state", `${laptop.name}-${layer}.tfstate`), "utf8"));
}

function variables(replaced: Replaced): Readonly<Record<string, string>> {
  const overrides = join(FOLDER, "overrides.json");
  writeFileSync(overrides, JSON.stringify({ ...knownImages(), ...replaced }));
  return { [OVERRIDES_VARIABLE]: overrides, TF_VAR_schema_dump: DUMP };
}

/** What the tests run, without what only they know. */
function knownImages() {
  const known = Object.keys(imagesOf(laptop));
  const given = Object.entries(images).filter(([key]) => known.includes(key));
  return Object.fromEntries(
    given.map(([key, { reference, user, healthCommand, writablePaths, files, settings }]) => [
      key,
      { reference, user, healthCommand, writablePaths, files, settings },
    ]),
  );
}
