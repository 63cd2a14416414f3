import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformFailure } from "../../../ops/terraform/failure";
import { type Plan, Workspace } from "../../../ops/terraform/workspace";
import { PROJECT_FOLDER, STACKS_FOLDER, stateFile } from "../../support/ops-folders";
import { programsIn } from "../../support/programs";
import { complains, plans, says } from "../../support/terraform";

jest.mock("../../../ops/folders", () => jest.requireActual("../../support/ops-folders"));
jest.mock("node:timers/promises", () => jest.requireActual("../../support/short-pauses"));

const NAME = "local-layer-1";
const folder = join(STACKS_FOLDER, NAME);
const planFile = join(folder, "ops.tfplan");
const asked = join(PROJECT_FOLDER, "asked");
const { PATH } = process.env;
const { signal } = new AbortController();
const workspace = new Workspace(NAME);

/** Runs a shell script in place of Terraform, which writes down what it is asked. */
function terraformIs(script: string): void {
  process.env.PATH = programsIn(PROJECT_FOLDER, { terraform: `echo "$*" >>'${asked}'\n${script}` });
}

const questions = () => readFileSync(asked, "utf8").trimEnd().split("\n");
const fails = (summary: string, detail = "") => `{ ${complains("error", summary, { detail })}; exit 1; }`;

beforeEach(() => {
  rmSync(asked, { force: true });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
});
afterAll(() => {
  process.env.PATH = PATH;
});

describe("init", () => {
  const init = "init -json -input=false";

  test("is asked for once where it goes well", async () => {
    terraformIs("exit 0");
    await workspace.init({ signal });

    expect(questions()).toEqual([init]);
  });

  test("takes other versions where those of an earlier one do not do any more", async () => {
    writeFileSync(join(folder, ".terraform.lock.hcl"), "");
    terraformIs(`case "$*" in *-upgrade) exit 0 ;; esac; ${fails("Failed to query available provider packages")}`);
    await workspace.init({ signal });

    expect(questions()).toEqual([init, `${init} -upgrade`]);
  });

  test("says why it failed where there was none before", async () => {
    terraformIs(fails("Failed to query available provider packages"));

    await expect(workspace.init({ signal })).rejects.toThrow(TerraformFailure);
    expect(questions()).toEqual([init]);
  });

  test("says why it failed where other versions do not do either", async () => {
    writeFileSync(join(folder, ".terraform.lock.hcl"), "");
    terraformIs(`case "$*" in *-upgrade) ${fails("No such host")} ;; esac; ${fails("Locked")}`);

    await expect(workspace.init({ signal })).rejects.toThrow(`${NAME} failed. Terraform says:\n  No such host`);
  });
});

describe("plan", () => {
  test("is empty where there is nothing to do", async () => {
    terraformIs("exit 0");

    expect(await workspace.plan({ signal })).toEqual<Plan>({ changes: [], isEmpty: true });
    expect(questions()).toEqual([`plan -json -input=false -detailed-exitcode -parallelism=64 -out=${planFile}`]);
  });

  test("tells what would be done to which resource", async () => {
    terraformIs(`${plans("docker_service.web", "update")}; ${plans("docker_secret.key", "create")}; ${plans("data.vault_kv_secret_v2.key", "read")}
      ${says({ type: "resource_drift", change: { resource: { addr: "docker_network.a" }, action: "update" } })}; exit 2`);

    expect(await workspace.plan({ signal })).toEqual<Plan>({
      changes: [
        { address: "docker_service.web", action: "update" },
        { address: "docker_secret.key", action: "create" },
      ],
      isEmpty: false,
    });
  });

  test("is not empty where only outputs would change", async () => {
    terraformIs("exit 2");

    expect(await workspace.plan({ signal })).toEqual<Plan>({ changes: [], isEmpty: false });
  });

  test("may be one of how all would be removed", async () => {
    terraformIs("exit 0");
    await workspace.plan({ signal, extra: ["-destroy"] });

    expect(questions()).toEqual([expect.stringMatching(/^plan .* -destroy$/)]);
  });

  test("says why it failed", async () => {
    terraformIs(fails("Vault is sealed"));

    await expect(workspace.plan({ signal })).rejects.toThrow(`${NAME} failed. Terraform says:\n  Vault is sealed`);
    expect(questions()).toHaveLength(1);
  });

  describe("while somebody works on the layer", () => {
    const lock = "Lock Info:\n  ID:        1-2\n  Who:       ann@desk\n  Created:   2026-01-01 12:00:00 UTC\n";
    const isLocked = (detail: string) => fails("Error acquiring the state lock", detail);

    test("waits, and says for whom", async () => {
      const holders: string[] = [];
      terraformIs(`test $(wc -l <'${asked}') -lt 3 && ${isLocked(lock)}; exit 2`);
      const { isEmpty } = await workspace.plan({ signal, onLocked: (holder) => holders.push(holder) });

      expect(isEmpty).toBe(false);
      expect(questions()).toHaveLength(3);
      expect(holders).toEqual(Array(2).fill("ann@desk since 2026-01-01 12:00:00 UTC (lock 1-2)"));
    });

    test("waits also for somebody of whom Terraform does not tell", async () => {
      const holders: string[] = [];
      terraformIs(`test $(wc -l <'${asked}') -lt 2 && ${isLocked("resource temporarily unavailable")}; exit 0`);
      await workspace.plan({ signal, onLocked: (holder) => holders.push(holder) });

      expect(holders).toEqual(["somebody"]);
    });

    test("stops to wait when it is told to", async () => {
      const controller = new AbortController();
      terraformIs(isLocked(lock));
      const plan = workspace.plan({ signal: controller.signal, onLocked: () => controller.abort() });

      await expect(plan).rejects.toThrow("aborted");
      expect(questions()).toHaveLength(1);
    });

    test("gives up after ten minutes", async () => {
      const clock = jest.spyOn(performance, "now").mockReturnValueOnce(0).mockReturnValue(600_001);
      terraformIs(isLocked(lock));
      const plan = workspace.plan({ signal });

      await expect(plan).rejects.toThrow("Error acquiring the state lock");
      clock.mockRestore();
    });
  });
});

describe("apply", () => {
  const onStart = () => {};

  test.each([
    ["went well", "exit 0"],
    ["failed", fails("task: non-zero exit (1)")],
  ])("does what was planned, where it %s", async (_, script) => {
    terraformIs(script);
    const [ended] = await Promise.allSettled([workspace.apply({ signal, onStart })]);

    expect(ended?.status).toBe(script === "exit 0" ? "fulfilled" : "rejected");
    expect(questions()).toEqual([`apply -json -input=false -parallelism=64 ${planFile}`]);
  });

  test("leaves what Terraform printed where it says", async () => {
    terraformIs("echo said");
    await workspace.apply({ signal, onStart });

    expect(workspace.logOf("apply")).toBe(stateFile(`${NAME}.apply.log`));
    expect(readFileSync(workspace.logOf("apply"), "utf8")).toBe("said\n");
  });
});

describe("state", () => {
  const resource = (type: string, name: string, mode = "managed") => ({ mode, type, name, instances: [] });
  const state = JSON.stringify({ resources: [resource("vault_mount", "kv"), resource("vault_policy", "a", "data")] });

  test("a layer's resources are what its state has", async () => {
    terraformIs(`echo '${state}'`);

    expect(await workspace.resources()).toEqual([resource("vault_mount", "kv"), resource("vault_policy", "a", "data")]);
    expect(questions()).toEqual(["state pull"]);
  });

  test.each([
    ["there is no state", "exit 0"],
    ["the state is empty", "echo '{}'"],
  ])("where %s there are no resources, and nothing to forget", async (_, script) => {
    terraformIs(script);
    await workspace.forget();

    expect(await workspace.resources()).toEqual([]);
    expect(questions()).toEqual(["state pull", "state pull"]);
  });

  test("a layer is forgotten with all that it has", async () => {
    terraformIs(`test "$2" != pull || echo '${state}'`);
    await workspace.forget();

    expect(questions()).toEqual(["state pull", "state rm vault_mount.kv data.vault_policy.a"]);
  });

  test("a state that cannot be read is an error that says why", async () => {
    terraformIs("echo 'Backend initialization required' >&2; exit 1");

    await expect(workspace.resources()).rejects.toThrow(
      `The state of ${NAME} cannot be used: Backend initialization required`,
    );
  });
});

test("a plan that nobody needs any more is deleted, and may be gone already", async () => {
  writeFileSync(planFile, "with secrets");
  await workspace.forgetPlan();
  await workspace.forgetPlan();

  expect(existsSync(planFile)).toBe(false);
});
