import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REDIS_PORT } from "../../../config/data/redis";
import { imageCatalogue } from "../../../config/images/catalogue";
import { Redis } from "../../../constructs/data/redis";
import { configsOf, dataStack, secretsOf, settingsIn, storedValue } from "../../support/data";
import { programsIn } from "../../support/programs";
import { serviceOf } from "../../support/services";
import { temporaryFolder } from "../../support/synthesis";
import { addressesOf, failureOf, synthesise } from "../../support/testing";

function redis(image = imageCatalogue.redis) {
  const { stack, networks, secrets } = dataStack({ images: { redis: image } });
  const password = secrets("redis/password");
  new Redis(stack, "redis", { networks: [networks.redis], password });
  const json = synthesise(stack);
  const [configuration = ""] = Object.values(configsOf(json, "redis"));
  return { json, service: serviceOf(json, "redis"), settings: settingsIn(configuration, " ") };
}

const { json, service, settings } = redis();
const { command, mounts, healthcheck, stop_grace_period } = service.task_spec.container_spec;

test("starts with its one file, and is reached at the port that the applications know", () => {
  expect(command).toEqual(["redis-server", ...Object.keys(configsOf(json, "redis"))]);
  expect(settings).toMatchObject({ port: String(REDIS_PORT), bind: "* -::*" });
  expect(service.task_spec.networks_advanced).toEqual([{ name: "id-of-redis" }]);
});

test("keeps what it was told on its volume, within a second, and has time to write it at the end", () => {
  expect(settings).toMatchObject({ dir: "/data", appendonly: "yes", appendfsync: "everysec", save: '""' });
  expect(mounts).toEqual([{ type: "volume", source: "sprocket-local-redis-data", target: "/data" }]);
  expect(stop_grace_period).toBe("30s");
});

test("refuses writes in place of forgetting, before the kernel ends it", () => {
  expect(settings["maxmemory-policy"]).toBe("noeviction");
  expect(Number(settings.maxmemory)).toBeLessThan(service.task_spec.resources.limits.memory_bytes * 0.75);
});

test("has its password in a secret alone, as a line of its configuration", () => {
  expect(secretsOf(json, "redis")).toEqual({
    [settings.include ?? ""]: `format("requirepass %s\\n", ${storedValue("redis/password")})`,
  });
});

test("has the JSON module of its image, wherever that is", () => {
  expect(settings.loadmodule).toBe("/usr/local/lib/redis/modules/rejson.so");
  expect(redis({ ...imageCatalogue.redis, files: { jsonModule: "/json.so" } }).settings.loadmodule).toBe("/json.so");
});

test("fails for an image that is not known to have a JSON module, before it creates anything", () => {
  const { stack, networks, secrets } = dataStack({
    images: { redis: { ...imageCatalogue.redis, reference: "redis:7", files: {} } },
  });
  const password = secrets("redis/password");

  expect(failureOf(() => new Redis(stack, "redis", { networks: [networks.redis], password }))).toBe(
    "local-layer-2/redis: 1 fault\n" +
      "  - image: redis:7 is not known to have a JSON module, which the applications need; name its file in `files.jsonModule`",
  );
  expect(addressesOf(synthesise(stack))).toEqual(["data.vault_kv_secret_v2.stored_redis_password"]);
});

describe("its health check", () => {
  const folder = temporaryFolder();
  afterAll(() => rmSync(folder, { recursive: true }));

  test("is its image's, with time to load its data", () => {
    const other = redis({ ...imageCatalogue.redis, healthCommand: ["CMD", "healthy"] });

    expect(healthcheck).toMatchObject({ test: imageCatalogue.redis.healthCommand, start_period: "1m" });
    expect(other.service.task_spec.container_spec.healthcheck).toMatchObject({
      test: ["CMD", "healthy"],
      start_period: "1m",
    });
  });

  const [kind, line] = healthcheck.test;
  const passwordFile = join(folder, "password.conf");
  writeFileSync(passwordFile, "requirepass planted\n");

  test.each([
    ["that answers is healthy", '[ "$REDISCLI_AUTH $*" = "planted ping" ] && echo PONG', 0],
    ["that still loads its data is not", "echo LOADING Redis is loading the dataset in memory", 1],
    ["that is not there is not", "echo Could not connect; exit 1", 1],
  ])("says that a server %s", (_, answer, status) => {
    const check = spawnSync("/bin/sh", ["-c", line.replaceAll(settings.include, passwordFile)], {
      env: { PATH: programsIn(folder, { "redis-cli": answer }) },
    });

    expect([kind, check.status]).toEqual(["CMD-SHELL", status]);
  });
});
