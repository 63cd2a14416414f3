import { parse } from "smol-toml";
import { DATABASE_ROLES } from "../../../config/data/postgres";
import { DataMetrics } from "../../../constructs/observability/data-metrics";
import { dataStack, filesInContainer, secretsOf, storedValue } from "../../support/data";
import { type Expression, parseExpression } from "../../support/expressions";
import { serviceOf, smallService } from "../../support/services";
import { synthesise } from "../../support/testing";

const CONFIGURATION_PATH = "/etc/telegraf/telegraf.conf";
const SECRET_PATH = "/run/secrets/telegraf.conf";

const { stack, networks, secrets } = dataStack();
const roles = smallService(stack, "roles");
new DataMetrics(stack, "data-metrics", { networks, secrets, redisHost: "redis", after: [roles] });
const json = synthesise(stack);
const service = serviceOf(json, "data-metrics");
const expression = parseExpression(secretsOf(json, "data_metrics")[SECRET_PATH] ?? "");
const [format, ...values] = expression.kind === "call" ? expression.args : [];

/** What Terraform makes of it, with a stand-in for each password. */
function plugins(standIns: readonly string[]): any {
  const text = format?.kind === "literal" ? String(format.value) : "";
  const parts = text.split("%s");
  expect(parts).toHaveLength(standIns.length + 1);
  return parse(parts.map((part, index) => `${part}${standIns[index] ?? ""}`).join(""));
}

const reference = (path: string): Expression => parseExpression(storedValue(path));
const { inputs } = plugins(["planted-one", "planted-two"]);

test("signs in to both data services by what is a secret's file", () => {
  expect(expression).toMatchObject({ kind: "call", name: "format" });
  expect(values).toEqual([reference("postgres/telegraf-password"), reference("redis/password")]);
  expect(service.task_spec.container_spec.args).toEqual(["--config", CONFIGURATION_PATH, "--config", SECRET_PATH]);
});

test("has no password in a config, an argument or the environment", () => {
  const { args, env } = service.task_spec.container_spec;
  const { inputs: open }: any = parse(filesInContainer(json, "data_metrics")[CONFIGURATION_PATH] ?? "");

  expect(open).toBeUndefined();
  expect(JSON.stringify([json.locals, json.resource?.docker_config, args, env ?? null])).not.toMatch(
    /vault_kv_secret|password/,
  );
});

test("measures the database as the guest that may do nothing else", () => {
  const { database, access } = DATABASE_ROLES.telegraf;

  expect(access).toBe("guest");
  expect(inputs.postgresql).toEqual([
    {
      address: `postgres://telegraf:planted-one@postgres:5432/${database}?sslmode=disable`,
      // Or the address, password and all, would be a label of everything that is measured.
      outputaddress: "postgres",
      databases: [database],
    },
  ]);
});

test("measures Redis by what is looked at, and no label tells its password", () => {
  const [redis] = inputs.redis;

  expect(inputs.redis).toHaveLength(1);
  expect(redis).toMatchObject({ servers: ["tcp://redis:6379"], password: "planted-two", taginclude: ["server"] });
  expect(redis.fieldinclude).toEqual(expect.arrayContaining(["used_memory", "maxmemory", "evicted_keys"]));
});

test("mounts nothing of the machine, and starts once its role is made", () => {
  const { mounts } = service.task_spec.container_spec;

  expect(mounts.filter(({ type }: any) => type !== "tmpfs")).toEqual([]);
  expect(service.depends_on).toEqual(["docker_service.roles"]);
  expect(service.task_spec.networks_advanced).toEqual([
    { name: "id-of-metrics" },
    { name: "id-of-postgres" },
    { name: "id-of-redis" },
  ]);
});
