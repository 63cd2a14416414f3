import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Workshop } from "../support/deploying";
import { MADE_UP_SECRETS } from "../support/secrets";

const STACK = "local-platform";
const workshop = new Workshop();

type More = Partial<Parameters<Workshop["start"]>[1]>;

const start = (line: string, more: More = {}) =>
  workshop.start("terraform", { line: line.split(" "), dockerHost: "unix:///nowhere", ...more });

beforeEach(() => workshop.clear());

test("everything after the stack goes to Terraform, and what it prints and ends with is its own", async () => {
  const written = "state list -json -id=a --debug --show-secrets -- last";
  const outcome = await start(`${STACK} ${written}`, {
    terraform: { [`${STACK}.state`]: "pwd; echo 'no such thing' >&2; exit 3" },
  }).outcome;

  expect(outcome).toEqual({
    status: 3,
    stdout: expect.stringMatching(new RegExp(`/stacks/${STACK}\n$`)),
    stderr: "Writes the configuration of local anew: the program declares another.\nno such thing\n",
  });
  expect(workshop.questions()).toEqual([
    "npm run --silent synth of local",
    `${STACK} init -json -input=false`,
    `${STACK} ${written}`,
  ]);
});

test("what is missing in the environment is named before Terraform is started, and nothing of the rest is shown", async () => {
  const { status, stdout, stderr } = await start("production-layer-1 state list", {
    environment: "production",
    variables: { AWS_ACCESS_KEY_ID: MADE_UP_SECRETS["aws/access-key-id"], AWS_SSE_CUSTOMER_KEY: "malformed" },
  }).outcome;

  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^failed {2}AWS_SECRET_ACCESS_KEY {2}is missing .*^failed {2}AWS_SSE_CUSTOMER_KEY {3}does/ms);
  expect(stderr).toContain("Where to get it: DigitalOcean, ");
  expect(stderr).toMatch(/\nTerraform was not started: it needs these in the environment\.\n$/);
  expect(stderr).not.toContain("malformed\n");
  expect(workshop.questions(/^production/)).toEqual([]);
});

test("Terraform is interrupted once, however often it is told at once, and waited for", async () => {
  const [begun, interrupted] = ["begun", "told"].map((name) => join(workshop.folder, name)) as [string, string];
  const { child, outcome } = start(`${STACK} apply`, {
    terraform: {
      [`${STACK}.apply`]: `
          trap "echo interrupted; touch '${interrupted}'" INT
          touch '${begun}'; while ! test -f '${interrupted}'; do sleep 0.05; done
          sleep 0.5; echo stopped; exit 7`,
    },
  });
  while (!existsSync(begun)) {
    await sleep(20);
  }
  child.kill("SIGINT");
  while (!existsSync(interrupted)) {
    await sleep(20);
  }
  child.kill("SIGINT");

  expect(await outcome).toMatchObject({ status: 7, stdout: "interrupted\nstopped\n" });
});
