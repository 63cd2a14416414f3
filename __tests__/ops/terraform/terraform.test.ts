import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type TerraformEnd, type TerraformRun, terraform } from "../../../ops/terraform/terraform";
import { programsIn } from "../../support/programs";
import { temporaryFolder } from "../../support/synthesis";
import { complains, says } from "../../support/terraform";

jest.mock("node:timers/promises", () => jest.requireActual("../../support/short-pauses"));

const folder = temporaryFolder();
const log = join(folder, "log");
const { PATH } = process.env;

/** Runs a shell script in place of Terraform. */
function run(script: string, changed: Partial<TerraformRun> = {}): Promise<TerraformEnd> {
  process.env.PATH = programsIn(folder, { terraform: script });
  return terraform(["plan", "-json"], { folder, log, signal: new AbortController().signal, ...changed });
}

afterEach(() => {
  process.env.PATH = PATH;
});
afterAll(() => rmSync(folder, { recursive: true }));

test("Terraform is started in its folder, without a terminal and in a process group of its own", async () => {
  const script = `
    echo "$@" in "$PWD"
    env | grep -E '^(CHECKPOINT_DISABLE|TF_IN_AUTOMATION)=' | sort
    test -t 0 || echo nobody to ask
    test "$(ps -o pgid= -p $$ | tr -d ' ')" = $$ && echo alone`;
  const pids: number[] = [];
  await run(script, { onStart: (pid) => pids.push(pid) });

  expect(readFileSync(log, "utf8").split("\n")).toEqual([
    `plan -json in ${folder}`,
    "CHECKPOINT_DISABLE=1",
    "TF_IN_AUTOMATION=1",
    "nobody to ask",
    "alone",
    "",
  ]);
  expect(pids).toEqual([expect.any(Number)]);
});

test("what Terraform tells is passed on in its order, and what is not its own is not", async () => {
  const types: string[] = [];
  const end = await run(`${says({ type: "version" })}; echo cry >&2; sleep 0.05; ${says({ type: "outputs" })}`, {
    onEvent: ({ type }) => types.push(type),
  });

  expect(end.exitCode).toBe(0);
  expect(types).toEqual(["version", "outputs"]);
});

test("errors are told with all that Terraform says of them, warnings are none", async () => {
  const script = [
    complains("warning", "Deprecated"),
    complains("error", "Bad", { address: "docker_service.web", detail: "why" }),
    complains("error", "Worse"),
    "echo raw; exit 1",
  ];

  expect(await run(script.join("\n"))).toEqual({
    exitCode: 1,
    errors: [
      { severity: "error", summary: "Bad", detail: "why", address: "docker_service.web" },
      { severity: "error", summary: "Worse", detail: "" },
    ],
  });
});

test.each<[string, string, TerraformEnd]>([
  ["went well", "exit 0", { exitCode: 0, errors: [] }],
  ["has changes", "exit 2", { exitCode: 2, errors: [] }],
  [
    "failed, and cried",
    "echo 'panic: oh' >&2; exit 11",
    { exitCode: 11, errors: [{ severity: "error", summary: "Terraform ended with 11", detail: "panic: oh" }] },
  ],
  [
    "failed, and said nothing",
    "exit 1",
    { exitCode: 1, errors: [{ severity: "error", summary: "Terraform ended with 1", detail: "" }] },
  ],
  [
    "was killed",
    "kill -KILL $$",
    { exitCode: 1, errors: [{ severity: "error", summary: "Terraform was ended by SIGKILL", detail: "" }] },
  ],
])("an end is told where it %s", async (_, script, end) => {
  expect(await run(script)).toEqual(end);
});

test("of a long cry only the end is told", async () => {
  const { errors } = await run(`seq 1 500; exit 1`);

  expect(errors.map(({ detail }) => detail)).toEqual([
    Array.from({ length: 20 }, (_, index) => 481 + index).join("\n"),
  ]);
});

test("who wants to stop has Terraform stop in good order, and learns how it ended", async () => {
  const controller = new AbortController();
  const script = `ended() { ${complains("error", "interrupted")}; exit 1; }; trap ended INT
    ${says({ type: "apply_start" })}; while :; do sleep 0.02; done`;
  const end = await run(script, { signal: controller.signal, onEvent: () => controller.abort() });

  expect(end).toMatchObject({ exitCode: 1, errors: [{ summary: "interrupted" }] });
});

test("who wanted to stop before it began starts nothing", async () => {
  const mark = join(folder, "mark");

  await expect(run(`touch '${mark}'`, { signal: AbortSignal.abort(new Error("Stopped")) })).rejects.toThrow("Stopped");
  expect(existsSync(mark)).toBe(false);
});

test("where there is no Terraform that is an error, and nothing more", async () => {
  process.env.PATH = join(folder, "nothing");
  const signal = new AbortController().signal;

  await expect(terraform(["plan"], { folder, log, signal })).rejects.toThrow("spawn terraform ENOENT");
});
