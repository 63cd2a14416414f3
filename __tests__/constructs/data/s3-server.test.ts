import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BUCKET_NAMES, BUCKET_USER_NAMES } from "../../../config/data/object-storage";
import { S3Server } from "../../../constructs/data/s3-server";
import { dataStack, documentIn, filesInContainer, secretsOf, storedValue } from "../../support/data";
import { programsIn } from "../../support/programs";
import { labelsOf, serviceOf } from "../../support/services";
import { temporaryFolder } from "../../support/synthesis";
import { environmentNamed, synthesise } from "../../support/testing";

const corsOrigin = "https://image-generation.example.org";
const { stack, networks, secrets } = dataStack({ environment: environmentNamed("lan") });
const { host, port, buckets } = new S3Server(stack, "s3", { networks, secrets, corsOrigin });
const json = synthesise(stack);
const server = serviceOf(json, "s3");
const task = serviceOf(json, "s3-buckets");
const { command, args, env, mounts } = server.task_spec.container_spec;
const plan = JSON.parse(filesInContainer(json, "s3_buckets")["/task/plan.json"] ?? "");

test("has one host and port for browsers and containers", () => {
  expect([host, port]).toEqual(["s3.192-168-1-20.sslip.io", 443]);
  expect(labelsOf(server)).toMatchObject({
    "traefik.http.routers.sprocket-lan-s3.entrypoints": "websecure",
    "traefik.http.routers.sprocket-lan-s3.rule": "Host(`s3.192-168-1-20.sslip.io`)",
    "traefik.http.routers.sprocket-lan-s3_inside.rule": "Host(`s3.192-168-1-20.sslip.io`)",
    "traefik.http.services.sprocket-lan-s3.loadbalancer.server.port": "7070",
  });
  expect(server.task_spec.networks_advanced).toEqual([
    { name: "id-of-ingressPublic" },
    { name: "id-of-objectStorage" },
  ]);
});

test("lets the pages of one origin use presigned URLs", () => {
  expect(env).toMatchObject({ VGW_CORS_ALLOW_ORIGIN: corsOrigin });
});

test("keeps the objects on its volume", () => {
  expect(mounts).toContainEqual({ type: "volume", source: "sprocket-lan-s3-data", target: "/data" });
});

test("knows every user by a file of its own form, none of whom may make buckets", () => {
  const files = secretsOf(json, "s3");

  expect(documentIn(files[`${env.VGW_IAM_DIR}/users.json`] ?? "")).toEqual({
    accessAccounts: Object.fromEntries(
      BUCKET_USER_NAMES.map((user) => [
        user,
        { access: user, secret: storedValue(`object-storage/${user}-secret-access-key`), role: "user" },
      ]),
    ),
  });
});

test("starts with its administrator's key from a secret's file, in no argument", () => {
  const folder = temporaryFolder();
  try {
    const [keyPath = ""] = Object.entries(secretsOf(json, "s3"))
      .filter(([, value]) => value === storedValue("object-storage/root-secret-access-key"))
      .map(([path]) => path);
    writeFileSync(join(folder, "key"), "planted");
    const PATH = programsIn(folder, { versitygw: 'echo "$* as $ROOT_ACCESS_KEY with $ROOT_SECRET_KEY"' });
    const [program, ...options] = command;

    const { stdout } = spawnSync(program, [...options, args[0].replace(keyPath, join(folder, "key"))], {
      env: { PATH },
      encoding: "utf8",
    });

    expect(stdout).toBe(`posix /data as ${plan.rootAccessKeyId} with planted\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe("its buckets", () => {
  test("are made by a task once it runs", () => {
    expect(task.depends_on).toEqual(["docker_service.s3"]);
    expect(task.task_spec.networks_advanced).toEqual([{ name: "id-of-objectStorage" }]);
  });

  test("are asked for where the server answers, as its administrator", () => {
    expect(plan).toMatchObject({ url: "http://sprocket-lan-s3:7070", region: env.VGW_REGION });
    expect(secretsOf(json, "s3-buckets")).toEqual({
      "/run/secrets/root-secret-access-key": storedValue("object-storage/root-secret-access-key"),
    });
  });

  test("are called what we call them, each with those who read it and those who write it too", () => {
    expect(buckets).toEqual(Object.fromEntries(BUCKET_NAMES.map((name) => [name, name])));
    expect(plan.buckets).toEqual([
      {
        name: "images",
        readers: ["discord-bot"],
        writers: ["image-generation-service", "image-generation-frontend"],
      },
      { name: "replays", readers: ["submission-service"], writers: ["core", "replay-parse-service"] },
      { name: "backups", readers: [], writers: ["backup"] },
    ]);
  });
});
