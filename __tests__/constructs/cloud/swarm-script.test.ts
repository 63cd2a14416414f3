import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { constraintTo, nodesOf } from "../../../config/nodes";
import { cloudInit } from "../../../constructs/cloud/cloud-init";
import { cloudLike, cloudOfStaging } from "../../support/cloud";
import { temporaryFolder } from "../../support/synthesis";

const SCRIPT = resolve(__dirname, "../../../constructs/cloud/cloud-init/swarm.sh");
/** A Docker that remembers whether it is in a Swarm, and writes down what it is told to do. */
const DOCKER = `#!/bin/sh
case "$*" in
  *LocalNodeState*) cat "$FOLDER/state" ;;
  *NodeID*) echo node-id ;;
  *) echo "$*" >>"$FOLDER/told"; case "$*" in "swarm init"*) echo active >"$FOLDER/state" ;; esac ;;
esac
`;

const environment = cloudLike({});
const [node] = nodesOf(environment);
const document = JSON.parse(cloudInit(node, { ...cloudOfStaging, vaultPort: 8200 }).replace(/^#cloud-config\n/, ""));
/** As the machine runs it: `env`, its variables, the script. */
const command: readonly string[] = document.runcmd.find((words: readonly string[]) => words[0] === "env");
const variables = Object.fromEntries(
  command.filter((word) => word.includes("=")).map((word) => word.split("=") as [string, string]),
);

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  for (const [name, text] of Object.entries({ docker: DOCKER, curl: "#!/bin/sh\necho 10.61.0.2\n" })) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
  writeFileSync(join(folder, "state"), "inactive\n");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function run(): readonly string[] {
  const { status, stderr } = spawnSync("/bin/sh", [SCRIPT], {
    env: { PATH: `${folder}:/usr/bin:/bin`, FOLDER: folder, ...variables },
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const told = join(folder, "told");
  return existsSync(told) ? readFileSync(told, "utf8").trim().split("\n") : [];
}

test("the first machine begins a Swarm in the private network, with addresses that no private network of the cloud has", () => {
  const [init] = run();

  expect(init).toBe(
    "swarm init --advertise-addr 10.61.0.2 --default-addr-pool 172.20.0.0/14 --default-addr-pool-mask-length 24",
  );
});

test("it has the label by which what has data is placed", () => {
  const [, update] = run();
  const [key, value] = constraintTo(node, environment)
    .replace(/^node\.labels\./, "")
    .split(" == ");

  expect(update).toBe(`node update --label-add ${key}=${value} node-id`);
});

test("a second start begins no other Swarm", () => {
  run();

  expect(run().filter((line) => line.startsWith("swarm"))).toHaveLength(1);
});

test("the machine may run it", () => {
  const { permissions } = document.write_files.find(({ path }: { path: string }) => path === command.at(-1));

  expect(permissions).toBe("0755");
});
