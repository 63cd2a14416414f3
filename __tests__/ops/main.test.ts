import { join, resolve } from "node:path";
import { outcomeOf } from "../support/processes";
import { madeUpEnvironment } from "../support/secrets";

const ROOT = resolve(__dirname, "../..");

/** Runs `ops` as a person does, with nothing in its environment but what is given. */
function ops(line: string, variables: Readonly<Record<string, string>> = {}, ...preload: readonly string[]) {
  return outcomeOf(["--import", "tsx", ...preload, "ops/main.ts", ...line.split(" ")], { cwd: ROOT, variables });
}

/** Has an environment broken before anything reads it. */
const breaking = (path: string) =>
  `--import=data:text/javascript,${encodeURIComponent(
    `import { createRequire } from "node:module"; createRequire(${JSON.stringify(__filename)})(${JSON.stringify(path)}).lan.platform = "moon";`,
  )}`;

const planted = { ...madeUpEnvironment(), TF_VAR_discord_client_id: "planted-and-malformed" };

const runs = Promise.all([
  ops("secrets check staging", planted),
  ops("secrets check moon"),
  ops("secrets check local", {}, breaking(join(ROOT, "config/environments/lan.ts"))),
]);

test("a command ends in its own exit code, and nothing of it shows a value", async () => {
  const [{ status, stdout, stderr }] = await runs;

  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  expect(stdout).toContain("staging cannot be deployed: 1 of ");
  expect(Object.values(planted).filter((value) => stdout.includes(value))).toEqual([]);
}, 30_000);

test("a command that is given something wrong says what would be right, and shows its help", async () => {
  const [, { status, stdout, stderr }] = await runs;

  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/'moon'.*Write one of production, staging, lan, local\.\n/);
  expect(stderr).toContain("Usage: ops secrets check [options] <environment>");
  expect(stderr).not.toContain("    at ");
});

test("an environment that is broken is said to be, and where", async () => {
  const [, , outcome] = await runs;

  expect(outcome).toEqual({
    status: 1,
    stdout: "",
    stderr: 'config/environments: 1 fault\n  - lan.ts platform: got "moon"; write "cloud", "lan" or "laptop"\n',
  });
});
