import { withChanged } from "../support/changed-environment";
import { dockerEngine } from "../support/docker-engine";
import { ops } from "../support/ops-command";
import { startedOps } from "../support/processes";
import { madeUpEnvironment } from "../support/secrets";

const planted = { ...madeUpEnvironment(), TF_VAR_discord_client_id: "planted-and-malformed" };

test("the process ends in the command's own exit code, and nothing of it shows a value", async () => {
  const { status, stdout, stderr } = await startedOps(["secrets", "check", "staging"], planted).outcome;

  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  expect(stdout).toContain("staging cannot be deployed: 1 of ");
  expect(Object.values(planted).filter((value) => stdout.includes(value))).toEqual([]);
});

test("a command that is given something wrong says what would be right, and shows its help", async () => {
  const { status, stdout, stderr } = await ops(["secrets", "check", "moon"]);

  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/'moon'.*Write one of production, staging, lan, local\.\n/);
  expect(stderr).toContain("Usage: ops secrets check [options] <environment>");
  expect(stderr).not.toContain("    at ");
});

test("an environment that is broken is said to be, and where", async () => {
  const outcome = await withChanged("lan", { platform: "moon" }, () => ops(["secrets", "check", "local"]));

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
    const outcome = await ops(["verify", "local", ...options], { DOCKER_HOST: docker.address });
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
  });

  test("has its stack with --debug, wherever that is written", async () => {
    const { status, stderr } = await failing("--debug");

    expect(status).toBe(1);
    expect(stderr).toMatch(/^Error: \(HTTP code 500\) server error - the disk\nis full/);
    expect(stderr).toMatch(/\n {4}at /);
  });
});

test("what stands in front of a command's name is heeded too", async () => {
  expect(await ops(["--debug", "open", "local", "--print"])).toEqual({
    status: 0,
    stdout: "http://localhost\n",
    stderr: "",
  });
});
