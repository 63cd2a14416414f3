import { join, resolve } from "node:path";
import { dockerEngine } from "../support/docker-engine";
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

describe("an error that nobody expected", () => {
  /** Asks a Docker that fails in the middle, in these words. */
  async function failing(...options: readonly string[]) {
    const docker = await dockerEngine({
      "/services": (response) => void response.writeHead(500).end('{"message":"the disk\\nis full"}'),
    });
    const outcome = await ops(["verify local", ...options].join(" "), { DOCKER_HOST: docker.address });
    docker.close();
    return outcome;
  }

  test("is said in one line, with how to see more", async () => {
    expect(await failing()).toEqual({
      status: 1,
      stdout: "",
      stderr:
        "(HTTP code 500) server error - the disk is full\nTo see where in the code this comes from, run the same with --debug.\n",
    });
  }, 30_000);

  test("has its stack with --debug, wherever that is written", async () => {
    const { status, stderr } = await failing("--debug");

    expect(status).toBe(1);
    expect(stderr).toMatch(/^Error: \(HTTP code 500\) server error - the disk\nis full/);
    expect(stderr).toMatch(/\n {4}at /);
  }, 30_000);
});
