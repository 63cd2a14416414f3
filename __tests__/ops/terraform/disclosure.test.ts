import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandLine } from "../../../ops/terraform/command-line";
import { disclosureOf, isLogVariable } from "../../../ops/terraform/disclosure";
import { printsValues } from "../../../ops/terraform/outputs";
import { temporaryFolder } from "../../support/synthesis";

/** In which Terraform would be started. */
const started = temporaryFolder();
// What a zip archive begins with.
writeFileSync(join(started, "plan"), Buffer.from([0x50, 0x4b, 0x03, 0x04]));
writeFileSync(join(started, "state"), '{"version": 4}');
afterAll(() => rmSync(started, { recursive: true }));

const isRefused = (text: string, readsOthers: boolean) =>
  disclosureOf(new CommandLine(text.split(" ")), readsOthers, started) !== undefined;

/** Of a stack that reads another one's state. */
const SHOWING = [
  "state pull",
  "show -json",
  "show",
  "show -no-color",
  "show ../upper.tfstate",
  "state show data.terraform_remote_state.lower",
  "console",
  "show -json plan",
];
const HIDING = ["state list", "state show terraform_data.upper", "plan", "plan -json", "output", "show plan"];

test.each([...SHOWING, "output -json -state=other"])("%s is refused", (text) => {
  expect(isRefused(text, true)).toBe(true);
});

test.each([...HIDING, "apply", "state mv a b", "import a b", "validate"])("%s is not refused", (text) => {
  expect(isRefused(text, true)).toBe(false);
});

test("all of a state that holds nothing of another is shown", () => {
  expect(isRefused("show", false)).toBe(false);
});

test.each([
  ["a plan", "show -no-color plan", false],
  ["a state, which may be another stack's", "show state", true],
  ["what cannot be read", "show missing", true],
  ["a folder", "show .", true],
])("also where a stack reads no others, showing %s by %s is refused: %s", (_, text, refused) => {
  expect(isRefused(text, false)).toBe(refused);
});

test.each([
  ["output", false],
  ["output -no-color", false],
  ["output -json", true],
  ["output --json", true],
  ["output -raw secret", true],
  ["output secret", true],
  ["state show output", false],
])("whether %s prints values as they are: %s", (text, prints) => {
  expect(printsValues(new CommandLine(text.split(" ")))).toBe(prints);
});

test("variables of Terraform's log are known by their names", () => {
  const names = ["TF_LOG", "TF_LOG_CORE", "TF_LOG_PROVIDER_DOCKER", "TF_VAR_a", "TF_LOGIN"];

  expect(names.filter(isLogVariable)).toEqual(names.slice(0, 3));
});

const SECRET = "planted-secret";
const hasTerraform = spawnSync("terraform", ["version"]).status === 0;

(hasTerraform ? describe : describe.skip)("Terraform itself (skipped where there is none)", () => {
  const folder = temporaryFolder();

  const terraform = (stack: string, text: string) => {
    const { stdout, stderr } = spawnSync("terraform", text.split(" "), {
      cwd: join(folder, stack),
      // What a person may ask at the console.
      input: "nonsensitive(var.secret)\n",
      encoding: "utf8",
      env: { PATH: process.env.PATH, CHECKPOINT_DISABLE: "1" },
    });
    return `${stdout}${stderr}`;
  };
  const isShown = (text: string) => terraform("upper", text).includes(SECRET);

  /** Makes a stack with nothing but what Terraform brings along. */
  function make(stack: string, configuration: object): void {
    const backend = { local: { path: `../${stack}.tfstate` } };
    mkdirSync(join(folder, stack));
    writeFileSync(
      join(folder, stack, "main.tf.json"),
      JSON.stringify({
        terraform: { backend },
        output: { secret: { value: SECRET, sensitive: true } },
        ...configuration,
      }),
    );
    terraform(stack, "init");
    terraform(stack, "apply -auto-approve");
  }

  beforeAll(() => {
    make("lower", {});
    make("upper", {
      variable: { secret: { default: SECRET, sensitive: true } },
      data: { terraform_remote_state: { lower: { backend: "local", config: { path: "../lower.tfstate" } } } },
      resource: { terraform_data: { upper: { triggers_replace: "harmless" } } },
    });
    terraform("upper", "plan -out=plan");
  }, 20_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  test("shows the secret by what is refused", () => {
    expect(SHOWING.filter((text) => !isShown(text))).toEqual([]);
  }, 20_000);

  test("hides it by what is not", () => {
    expect(HIDING.filter(isShown)).toEqual([]);
  }, 20_000);

  test("shows an output's value where it is said to, and only there", () => {
    const lines = ["output", "output secret", "output -raw secret", "output -json", "output -json secret"];

    expect(lines.filter(isShown)).toEqual(lines.filter((text) => printsValues(new CommandLine(text.split(" ")))));
  }, 20_000);
});
