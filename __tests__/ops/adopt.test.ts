import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ops } from "../support/ops-command";
import { PROJECT_FOLDER, STACKS_FOLDER } from "../support/ops-folders";
import type { Outcome } from "../support/processes";
import { programsIn } from "../support/programs";
import { madeUpEnvironment } from "../support/secrets";
import { complains } from "../support/terraform";

jest.mock("../../ops/folders", () => jest.requireActual("../support/ops-folders"));
// It asks Spaces.
jest.mock("../../ops/state/keep", () => ({ keepHistory: async () => [] }));

const STACK = "production-foundation";
const ADOPTION = `${STACK}.adoption`;
const asked = join(PROJECT_FOLDER, "asked");
const ids = join(PROJECT_FOLDER, "ids.toml");
const seen = join(PROJECT_FOLDER, "imports.tf.json");
const plan = (name: string) => join(__dirname, "adoption", `plan-${name}.json`);

/** A Terraform whose plan is a recorded one, and which keeps what it was told to import. */
const planning = (name: string, exit = "exit 2") => `
  case "$1" in
    plan) cp imports.tf.json '${seen}'; touch ops.tfplan; ${exit} ;;
    show) cat '${plan(name)}' ;;
  esac`;
const wouldDestroy = planning("destroying", `{ ${complains("error", "Instance cannot be destroyed")}; exit 1; }`);

/** Runs the command with what people bring in its environment. */
function adopt(terraform: string, ...options: readonly string[]): Promise<Outcome> {
  const PATH = programsIn(PROJECT_FOLDER, {
    npm: `echo "npm $*" >>'${asked}'`,
    terraform: `echo "$(basename "$PWD") $*" | sed 's/ -.*//' >>'${asked}'\n${terraform}`,
  });
  return ops(["adopt", "production", "--ids", ids, ...options], { ...madeUpEnvironment(), PATH });
}

const questions = () => readFileSync(asked, "utf8").trimEnd().split("\n");

beforeEach(() => {
  writeFileSync(asked, "");
  writeFileSync(ids, 'vpc = "v1"\nbucket.images = "pictures"\n');
  mkdirSync(join(STACKS_FOLDER, STACK), { recursive: true });
  writeFileSync(join(STACKS_FOLDER, STACK, "cdk.tf.json"), "{}");
});
afterEach(() => rmSync(seen, { force: true }));

test("what taking over would do is said, and nothing is done or left behind", async () => {
  const { stdout, stderr } = await adopt(planning("taking-over"));

  expect(stderr).toBe("");
  expect(stdout).toContain("Taken over as it is:\n  = digitalocean_domain.domain\n");
  expect(stdout).toContain(
    "Nothing was changed, and nothing would be destroyed. To take over production, run the same with",
  );
  expect(questions()).toEqual(["npm run --silent synth", `${ADOPTION} init`, `${ADOPTION} plan`, `${ADOPTION} show`]);
  expect(JSON.parse(readFileSync(seen, "utf8"))).toEqual({
    import: [
      { to: "digitalocean_vpc.network", id: "v1" },
      { to: "digitalocean_spaces_bucket.spaces_images", id: "nyc3,pictures" },
    ],
  });
  expect(readdirSync(join(STACKS_FOLDER, STACK))).toEqual(["cdk.tf.json"]);
  expect(existsSync(join(STACKS_FOLDER, ADOPTION))).toBe(false);
});

test("what would be destroyed is said with its reason, and is not applied by whoever agreed", async () => {
  const { stdout, stderr } = await adopt(wouldDestroy, "--apply", "--yes");

  expect(stdout).toContain('  -/+ digitalocean_droplet.manager_1\n      region: "fra1" → "nyc3"');
  expect(stderr).toMatch(
    /^Nothing was changed\. .*, digitalocean_droplet\.manager_1 cannot be taken over as the program/,
  );
  expect(questions().filter((line) => line.includes(" apply"))).toEqual([]);
  expect(existsSync(join(STACKS_FOLDER, ADOPTION))).toBe(false);
});

test("with --apply the very plan that was judged is applied, by whoever agrees", async () => {
  const { stdout, stderr } = await adopt(planning("taking-over"), "--apply", "--yes");

  expect(stderr).toBe("");
  expect(questions().slice(-2)).toEqual([`${ADOPTION} show`, `${ADOPTION} apply`]);
  expect(stdout).toContain("production is taken over.");
});

test("nobody agrees where nobody is there", async () => {
  const { stderr } = await adopt(planning("taking-over"), "--apply");

  expect(stderr).toContain(
    "Take over production like this?\nNobody is here to be asked: write --yes to go on without.",
  );
  expect(questions().filter((line) => line.includes(" apply"))).toEqual([]);
});

test("a plan that fails for another reason ends the command with that", async () => {
  const failing = planning(
    "taking-over",
    `{ ${complains("error", "Cannot import non-existent remote object")}; exit 1; }`,
  );
  const { stdout, stderr } = await adopt(failing);

  expect(stderr).toContain(`${ADOPTION} failed. Terraform says:\n  Cannot import non-existent remote object`);
  expect(stdout).not.toContain("Taken over");
});

describe("before anything is begun", () => {
  const adopting = (environment: string) => ops(["adopt", environment, "--ids", ids]);

  test("a file that is wrong is refused", async () => {
    writeFileSync(ids, "vcp = 1\n");

    expect((await adopt("exit 9")).stderr).toContain("did you mean vpc?");
    expect(questions()).toEqual([""]);
  });

  test("what is missing in the environment is named", async () => {
    expect((await adopting("production")).stderr).toMatch(
      /^failed +AWS_ACCESS_KEY_ID .*^failed +DIGITALOCEAN_TOKEN /ms,
    );
  });

  test("an environment that has nothing in a cloud is refused", async () => {
    expect((await adopting("local")).stderr).toContain("local: has nothing in a cloud; name an environment that has");
  });
});
