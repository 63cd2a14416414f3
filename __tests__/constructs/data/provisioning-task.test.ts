import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ProvisioningTask } from "../../../constructs/data/provisioning-task";
import { SwarmSecret } from "../../../constructs/swarm/swarm-secret";
import { configsOf, dataStack, filesInContainer, secretsOf, storedValue } from "../../support/data";
import { serviceOf, smallService } from "../../support/services";
import { interpolated, synthesise } from "../../support/testing";

const { stack, networks, secrets } = dataStack();
const server = smallService(stack, "server");
const { service } = new ProvisioningTask(stack, "task", {
  script: "buckets.mjs",
  packages: ["aws4fetch"],
  plan: { url: server.address(80), price: "$5 %{x}", mount: secrets("core/jwt-key").version },
  secrets: { token: new SwarmSecret(stack, "token", secrets("redis/password")) },
  networks: [networks.objectStorage],
  after: [server],
});
smallService(stack, "api", { after: [service] });
const json = synthesise(stack);
const { args, image } = serviceOf(json, "task").task_spec.container_spec;
const files = filesInContainer(json, "task");
const textOf = (path: string) => readFileSync(path, "utf8");

test("works by its script, and proves by it", () => {
  const [, work, verify] = /\(\n(.*)\n\) &\nwait \$!\n\(\n(.*)\n\) &/.exec(args[0]) ?? [];

  expect([work, verify]).toEqual(["node /task/buckets.mjs", "node /task/buckets.mjs --verify"]);
  expect(image).toContain("/node:");
});

test("has the script, what every script imports, and its packages where Node.js finds them", () => {
  const scripts = join(__dirname, "../../../constructs/data/provisioning");

  expect(files).toMatchObject({
    "/task/buckets.mjs": textOf(join(scripts, "buckets.mjs")),
    "/task/requests.mjs": textOf(join(scripts, "requests.mjs")),
    "/task/node_modules/aws4fetch/index.js": textOf(require.resolve("aws4fetch")),
  });
});

test("has its plan as it stands, with what only Terraform knows", () => {
  const plan = JSON.parse(configsOf(json, "task")["/task/plan.json"] ?? "");

  expect(plan).toEqual({
    url: "sprocket-local-server:80",
    price: "$5 %%{x}",
    mount: expect.stringContaining(interpolated("data.vault_kv_secret_v2.stored_core_jwt_key.version")),
  });
});

test("has its secrets by the names that the script knows", () => {
  expect(secretsOf(json, "task")).toEqual({ "/run/secrets/token": storedValue("redis/password") });
});

test("comes after its server, and before what waits for it", () => {
  expect(serviceOf(json, "task").depends_on).toEqual(["docker_service.server"]);
  expect(serviceOf(json, "api").depends_on).toEqual(["docker_service.task"]);
});
