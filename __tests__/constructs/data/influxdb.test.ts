import { readFileSync } from "node:fs";
import { join } from "node:path";
import { INFLUXDB_BUCKETS, INFLUXDB_READERS, INFLUXDB_TOKEN_HOLDERS } from "../../../config/data/influxdb";
import { SECRETS } from "../../../config/secrets/catalogue";
import { InfluxDb } from "../../../constructs/data/influxdb";
import { dataStack, filesInContainer, secretsOf, storedValue } from "../../support/data";
import { labelsOf, serviceOf } from "../../support/services";
import { environmentLike, environmentNamed, synthesise } from "../../support/testing";

function influxDb(environment = environmentNamed("local")) {
  const { stack, networks, secrets } = dataStack({ environment });
  const { url } = new InfluxDb(stack, "influxdb", { networks, secrets, vaultUrl: "http://vault:8200" });
  const json = synthesise(stack);
  const plan = JSON.parse(filesInContainer(json, "influxdb_tokens")["/task/plan.json"] ?? "");
  return { url, json, plan, server: serviceOf(json, "influxdb"), task: serviceOf(json, "influxdb-tokens") };
}

const { url, json, plan, server, task } = influxDb();
const { command, env, mounts } = server.task_spec.container_spec;

test("is reached by its name, and by operators", () => {
  expect(url).toBe("http://sprocket-local-influxdb:8086");
  expect(server.task_spec.networks_advanced).toEqual([{ name: "id-of-ingressOperators" }, { name: "id-of-influxdb" }]);
  expect(labelsOf(server)).toMatchObject({
    "traefik.swarm.network": "sprocket-local-ingress-operators",
    "traefik.http.services.sprocket-local-influxdb.loadbalancer.server.port": "8086",
  });
});

test("starts by the script, which sets it up on its volume", () => {
  const [, script = ""] = command;

  expect(filesInContainer(json, "influxdb")[script]).toBe(
    readFileSync(join(__dirname, "../../../constructs/data/influxdb/start.sh"), "utf8"),
  );
  expect(mounts).toContainEqual({ type: "volume", source: "sprocket-local-influxdb-data", target: env.DATA_FOLDER });
});

test("is set up with a password and a token that are secrets", () => {
  expect(secretsOf(json, "influxdb")).toEqual({
    [env.PASSWORD_FILE]: storedValue("influxdb/administrator-password"),
    [env.TOKEN_FILE]: storedValue("influxdb/administrator-token"),
  });
});

test("takes less memory for one query, and for all of them, than it has", () => {
  const bytes = (name: string) => Number(env[name]);
  const all = bytes("INFLUXD_QUERY_MAX_MEMORY_BYTES");

  expect(bytes("INFLUXD_QUERY_MEMORY_BYTES") * bytes("INFLUXD_QUERY_CONCURRENCY")).toBeLessThanOrEqual(all);
  expect(all + bytes("INFLUXD_STORAGE_CACHE_MAX_MEMORY_SIZE")).toBeLessThan(
    server.task_spec.resources.limits.memory_bytes * 0.75,
  );
});

describe("its task", () => {
  test("works once the server runs, and reaches it and Vault", () => {
    expect(task.depends_on).toEqual(["docker_service.influxdb"]);
    expect(task.task_spec.networks_advanced).toEqual([{ name: "id-of-influxdb" }, { name: "id-of-vault" }]);
    expect(plan).toMatchObject({ url, organization: env.ORGANIZATION, buckets: INFLUXDB_BUCKETS });
  });

  test("signs in to Vault as an application that Vault knows, and to the server as its administrator", () => {
    const { role } = SECRETS["influxdb/vault-secret-id"];

    expect(plan.vault).toEqual({ url: "http://vault:8200", mount: "secret", role });
    expect(secretsOf(json, "influxdb-tokens")).toEqual({
      "/run/secrets/administrator-token": storedValue("influxdb/administrator-token"),
      "/run/secrets/grafana-password": storedValue("influxdb/grafana-password"),
      "/run/secrets/vault-secret-id": storedValue("influxdb/vault-secret-id"),
    });
  });

  test("makes a token for each holder, and keeps it where its layer reads it", () => {
    expect(plan.tokens).toEqual(
      Object.fromEntries(
        Object.entries(INFLUXDB_TOKEN_HOLDERS).map(([holder, token]) => [
          holder,
          { ...token, path: `influxdb/${holder}-token`, rotation: 1 },
        ]),
      ),
    );
  });

  test("makes one anew when its number is another", () => {
    const path = "influxdb/server-analytics-service-token";
    const rotated = influxDb(environmentLike("local", { rotations: { [path]: 3 } }));

    expect(Object.values<any>(rotated.plan.tokens).map((token) => [token.path, token.rotation])).toEqual([[path, 3]]);
  });

  test("lets in each reader, by a password that is a secret and not in the plan", () => {
    expect(plan.readers).toEqual(INFLUXDB_READERS);
    expect(JSON.stringify(plan)).not.toContain("password");
  });

  test("finds every script that its own imports beside it", () => {
    const files = filesInContainer(json, "influxdb_tokens");
    const imports = Object.values(files).flatMap((text) => [...text.matchAll(/ from "\.\/([^"]+)"/g)]);
    const imported = [...new Set(imports.map(([, name]) => `/task/${name}`))];

    expect(imported.sort()).toEqual(["/task/readers.mjs", "/task/requests.mjs"]);
    expect(Object.keys(files)).toEqual(expect.arrayContaining(imported));
  });
});
