import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../../config/schema";
import { configurationsOf } from "../../../ops/declaration/configuration";
import { keepHistory } from "../../../ops/state/keep";
import { stackLockHolder } from "../../../ops/state/stack-lock";
import { ops } from "../../support/ops-command";
import { PROJECT_FOLDER, STACKS_FOLDER } from "../../support/ops-folders";
import type { Outcome } from "../../support/processes";
import { programsIn } from "../../support/programs";
import { MADE_UP_SECRETS, madeUpEnvironment } from "../../support/secrets";
import { environmentNamed } from "../../support/testing";

jest.mock("../../../ops/folders", () => jest.requireActual("../../support/ops-folders"));
jest.mock("../../../ops/state/stack-lock");
jest.mock("../../../ops/state/keep");
// Slow, and the same each time.
jest.mock("../../../ops/declaration/configuration", () => {
  const { configurationsOf: ask } = jest.requireActual("../../../ops/declaration/configuration");
  const known = new Map<string, unknown>();
  return {
    configurationsOf: (environment: Environment) =>
      known.get(environment.name) ?? known.set(environment.name, ask(environment)).get(environment.name),
  };
});

const STACK = "local-platform";
const asked = join(PROJECT_FOLDER, "asked");
const backend = {
  AWS_ACCESS_KEY_ID: MADE_UP_SECRETS["aws/access-key-id"],
  AWS_SECRET_ACCESS_KEY: MADE_UP_SECRETS["aws/secret-access-key"],
  AWS_SSE_CUSTOMER_KEY: MADE_UP_SECRETS["aws/sse-customer-key"],
};
const outputs = {
  vault_address: { sensitive: false, type: "string", value: "http://127.0.0.1:8200" },
  vault_password: { sensitive: true, type: "string", value: "planted-secret" },
};
const printsOutputs = `echo '${JSON.stringify(outputs)}'`;

/** Writes what a synthesis would. */
function synthesise(environment: string): void {
  for (const [name, configuration] of Object.entries(configurationsOf(environmentNamed(environment)))) {
    mkdirSync(join(STACKS_FOLDER, name), { recursive: true });
    writeFileSync(join(STACKS_FOLDER, name, "cdk.tf.json"), configuration);
  }
}

interface Surroundings {
  /** A shell script in place of Terraform, which writes down before what it is asked. */
  readonly terraform?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Runs the command with nothing in its environment but what is given. */
function terraform(written: string, { terraform: script = "", variables: given }: Surroundings = {}): Promise<Outcome> {
  const PATH = programsIn(PROJECT_FOLDER, {
    npm: `echo "npm $*" >>'${asked}'`,
    terraform: `echo "$(basename "$PWD") $*" >>'${asked}'\n${script}`,
  });
  return ops(["terraform", ...written.split(" ")], { PATH, ...given });
}

const questions = () => readFileSync(asked, "utf8").trimEnd().split("\n");

beforeAll(() => synthesise("local"));
beforeEach(() => writeFileSync(asked, ""));
afterEach(() => {
  jest.mocked(stackLockHolder).mockReset();
});

describe("a stack's folder", () => {
  test("that is as declared is left as it is, and Terraform is started in it", async () => {
    expect(await terraform(`${STACK} state list`)).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(questions()).toEqual([`${STACK} init -json -input=false`, `${STACK} state list`]);
  });

  test("in which Terraform cannot be started ends the command, which says why", async () => {
    const { status, stderr } = await terraform(`${STACK} plan`, { terraform: "echo 'no network'; exit 1" });

    expect(status).toBe(1);
    expect(stderr).toContain(`${STACK} failed. Terraform says:\n  Terraform ended with 1: no network`);
    expect(questions()).toEqual([`${STACK} init -json -input=false`]);
  });

  test("is written and not started for Terraform's help, which needs nothing that people bring", async () => {
    rmSync(join(STACKS_FOLDER, "staging-layer-1"), { recursive: true, force: true });
    mkdirSync(join(STACKS_FOLDER, "staging-layer-1"));
    const { stderr } = await terraform("staging-layer-1 plan -help");

    expect(stderr).toBe("Writes the configuration of staging anew: the program declares another.\n");
    expect(questions()).toEqual(["npm run --silent synth", "staging-layer-1 plan -help"]);
  });
});

describe("a state that Terraform cannot lock", () => {
  const locked = { terraform: 'test "$1" = init || exit 1' };

  test("is said to be somebody's, and whose", async () => {
    const holder = { ID: "1", Operation: "OperationTypeApply", Who: "ada@office", Created: "2026-11-22" };
    jest.mocked(stackLockHolder).mockResolvedValueOnce(holder);
    const { status, stderr } = await terraform(`${STACK} plan`, locked);

    expect(status).toBe(1);
    expect(stderr).toBe(`The state of ${STACK} is locked by ada@office since 2026-11-22 (lock 1).\n`);
  });

  test("is nobody's business where it is only read", async () => {
    await terraform(`${STACK} state list`, locked);

    expect(stackLockHolder).not.toHaveBeenCalled();
  });

  test("is not said to be anybody's where that cannot be found out, or nobody has it", async () => {
    jest.mocked(stackLockHolder).mockRejectedValueOnce(new Error("no network")).mockResolvedValueOnce(undefined);

    expect(await terraform(`${STACK} plan`, locked)).toEqual({ status: 1, stdout: "", stderr: "" });
    expect(await terraform(`${STACK} plan`, locked)).toEqual({ status: 1, stdout: "", stderr: "" });
  });
});

describe("what people bring", () => {
  beforeAll(() => synthesise("production"));

  const missing = async (written: string, given: Readonly<Record<string, string>>) => {
    const { stderr } = await terraform(written, { variables: given });
    return [...stderr.matchAll(/^failed +(\S+)/gm)].map(([, name]) => name);
  };

  test("is needed as far as a command and a stack take it", async () => {
    expect(await missing("production-foundation output", {})).toEqual(Object.keys(backend));
    expect(await missing("production-foundation plan", backend)).toEqual([
      "DIGITALOCEAN_TOKEN",
      "SPACES_ACCESS_KEY_ID",
      "SPACES_SECRET_ACCESS_KEY",
    ]);
    expect(await missing("production-layer-1 plan", backend)).toEqual([
      "TF_VAR_digitalocean_dns_token",
      "TF_VAR_github_oauth_client_id",
      "TF_VAR_github_oauth_client_secret",
    ]);
    expect(questions()).toEqual([""]);
  });

  test("is enough where all of it is there", async () => {
    expect(await missing("production-layer-1 state list", backend)).toEqual([]);
    expect(await missing("production-foundation plan", madeUpEnvironment())).toEqual([]);
    expect(questions().filter((line) => !line.includes(" init "))).toEqual([
      "production-layer-1 state list",
      "production-foundation plan",
    ]);
  });
});

test("the history of states in Spaces is kept around what writes them, and around nothing else", async () => {
  const keep = jest.mocked(keepHistory).mockResolvedValue([]);
  const keptFor = async (written: string) => {
    keep.mockClear();
    await terraform(written, { variables: madeUpEnvironment() });
    return keep.mock.calls.map(([{ name }]) => name);
  };

  expect(await keptFor("production-layer-1 state rm a.b")).toEqual(["production", "production"]);
  expect(await keptFor("production-layer-1 init -migrate-state")).toEqual(["production", "production"]);
  expect(await keptFor("production-layer-1 state list")).toEqual([]);
  expect(await keptFor("production-layer-1 init")).toEqual([]);
  expect(await keptFor(`${STACK} apply`)).toEqual([]);
});

describe("secrets", () => {
  test.each([
    ["state pull", "the whole state, with every secret"],
    ["show -json", "every value, the sensitive ones too"],
    ["console", "whatever it is asked for, secrets too"],
    [
      "show ../local-layer-2.tfstate",
      "what is in that file, which is no plan: if it is a state, also what its stack read of the layers below",
    ],
    ["state show 'data.terraform_remote_state.layer-1[0]'", "what it read of the layers below, passwords too"],
  ])("by %s are refused, with how to get them", async (written, what) => {
    const { status, stderr } = await terraform(`${STACK} ${written.replaceAll("'", "")}`);

    expect(status).toBe(1);
    expect(stderr).toContain(
      `"terraform ${written}" prints ${what}. If that is what you want:\n  npm run ops -- terraform --show-secrets ${STACK} ${written}`,
    );
    expect(questions()).toEqual([""]);
  });

  test("are replaced where a program asks for all outputs", async () => {
    const { status, stdout } = await terraform(`${STACK} output -json`, { terraform: printsOutputs });

    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      ...outputs,
      vault_password: { ...outputs.vault_password, value: "(sensitive value)" },
    });
  });

  test("are not given out as single outputs, and what is none is", async () => {
    const script = `test "$*" != "output -json" || ${printsOutputs}`;

    expect(await terraform(`${STACK} output -raw vault_password`, { terraform: script })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('"terraform output -raw vault_password" prints an output that is a secret. '),
    });
    expect(await terraform(`${STACK} output -raw vault_address`, { terraform: script })).toMatchObject({ status: 0 });
    expect(questions().filter((line) => line.includes("-raw"))).toEqual([`${STACK} output -raw vault_address`]);
  });

  test("of a state that cannot be read are not looked for any further", async () => {
    const script = 'test "$1" != output || { echo half; echo "no state" >&2; exit 4; }';

    expect(await terraform(`${STACK} output -json`, { terraform: script })).toEqual({
      status: 4,
      stdout: "",
      stderr: "no state\n",
    });
  });

  test("are not logged, unless somebody wants them", async () => {
    const log = join(PROJECT_FOLDER, "log");
    const surroundings = {
      terraform: `echo "\${TF_LOG:-none} \${TF_LOG_PROVIDER:-none}" >'${log}'`,
      variables: { TF_LOG: "trace", TF_LOG_PROVIDER: "debug" },
    };
    const { stderr } = await terraform(`${STACK} state list`, surroundings);
    const logged = [readFileSync(log, "utf8")];
    await terraform(`--show-secrets ${STACK} state pull`, surroundings);
    logged.push(readFileSync(log, "utf8"));

    expect(logged).toEqual(["none none\n", "trace debug\n"]);
    expect(stderr).toContain(
      "TF_LOG does not reach Terraform: its log shows credentials. With --show-secrets it does.\n",
    );
    expect(stderr).toContain("TF_LOG_PROVIDER does not reach Terraform");
  });
});
