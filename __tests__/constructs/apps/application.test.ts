import { Application, type ApplicationProps } from "../../../constructs/apps/application";
import { variablesOfDeaf } from "../../../constructs/apps/application-health";
import { Duration } from "../../../constructs/swarm/duration";
import { Memory } from "../../../constructs/swarm/memory";
import { applicationStack } from "../../support/applications";
import { configsOf, secretsOf, storedValue } from "../../support/data";
import { labelsOf, serviceOf, smallService } from "../../support/services";
import { environmentLike, environmentNamed, interpolated, synthesise, testImage } from "../../support/testing";

const minimal: Omit<ApplicationProps, "backing"> = {
  name: "web",
  program: ["node", "main.js"],
  environment: { NODE_ENV: "production" },
  documents: [],
  secretFiles: {},
  needs: ["rabbitmq"],
  startPeriod: Duration.seconds(30),
  limits: { cpus: 0.5, memory: Memory.mebibytes(64) },
};

function application(props: Partial<ApplicationProps> = {}, environment = environmentNamed("local")) {
  const { stack, backing } = applicationStack({ environment, images: { web: testImage } });
  const { route } = new Application(stack, "app", { ...minimal, backing, ...props });
  const json = synthesise(stack);
  const service = serviceOf(json, "app");
  return { json, service, container: service.task_spec.container_spec, route };
}

const api = { label: "api", port: 3001, audience: "public" } as const;

test("runs its image, its program below what stops it gracefully, and nothing it was not told", () => {
  const { service, container, route } = application();

  expect(container).toMatchObject({
    image: testImage.reference,
    args: ["0", "node", "main.js"],
    env: { NODE_ENV: "production" },
    configs: [],
    secrets: [],
    healthcheck: { test: testImage.healthCommand, start_period: "30s", timeout: "8s" },
  });
  expect(container).not.toHaveProperty("labels");
  expect(service).toMatchObject({
    mode: { replicated: { replicas: 1 } },
    task_spec: { networks_advanced: [{ name: "id-of-rabbitmq" }], restart_policy: { delay: "5s" } },
    update_config: { order: "start-first", monitor: "10s" },
    depends_on: [],
  });
  expect(route).toBeUndefined();
});

test("is reached by its route, and drains before it ends", () => {
  const { service, container } = application({ route: api });

  expect(labelsOf(service)).toMatchObject({
    "traefik.http.routers.sprocket-local-api.rule": "Host(`api.localhost`)",
    "traefik.http.services.sprocket-local-api.loadbalancer.server.port": "3001",
  });
  expect(service.task_spec.networks_advanced[0]).toEqual({ name: "id-of-ingressPublic" });
  expect(container.args).toEqual(["4", "node", "main.js"]);
});

test.each<[Partial<ApplicationProps>, string]>([
  [{}, "20s"],
  [{ route: api }, "24s"],
  [{ longestEnd: Duration.minutes(3) }, "3m"],
  [{ route: api, longestEnd: Duration.minutes(3) }, "3m4s"],
])("with %j, it is killed after %s", (props, grace) => {
  expect(application(props).container.stop_grace_period).toBe(grace);
});

describe("its files", () => {
  const documents = [
    { id: "settings", path: "/app/settings.json", content: { port: 3000 }, secret: false },
    { id: "overlay", path: "/app/overlay.json", content: { password: "planted" }, secret: true },
  ];
  const { json } = application({
    documents,
    secretFiles: { "/app/secret/jwtSecret.txt": "core/jwt-key", "/app/secret/influx-token": "redis/password" },
  });

  test("are configs where anybody may read them, and else secrets", () => {
    expect(configsOf(json, "app")).toEqual({ "/app/settings.json": interpolated('jsonencode({"port" = 3000})') });
    expect(secretsOf(json, "app")).toEqual({
      "/app/overlay.json": 'jsonencode({"password" = "planted"})',
      "/app/secret/jwtSecret.txt": storedValue("core/jwt-key"),
      "/app/secret/influx-token": storedValue("redis/password"),
    });
  });

  test("have names in the Swarm that say what they are", () => {
    expect(Object.keys(json.resource?.docker_secret ?? {})).toEqual([
      "app_influx_token",
      "app_jwt_secret",
      "app_overlay",
    ]);
  });
});

describe("the authority's certificate", () => {
  const CERTIFICATE = { "/etc/ssl/sprocket-authority.pem": "a certificate" };

  test.each<[string, ApplicationProps["needs"], object]>([
    ["lan", ["objectStorage"], CERTIFICATE],
    ["lan", ["rabbitmq", "internet"], {}],
    ["local", ["objectStorage"], {}],
    ["production", ["objectStorage"], {}],
  ])("on %s, for who needs %j, is %j", (name, needs, files) => {
    const { json, container } = application({ needs }, environmentNamed(name));

    expect(configsOf(json, "app")).toEqual(files);
    expect(container.env.NODE_EXTRA_CA_CERTS).toBe(Object.keys(files)[0]);
  });

  test("is told by the variable that the program knows", () => {
    const props = { needs: ["objectStorage"], authorityVariable: "SSL_CERT_FILE" } as const;

    expect(application(props, environmentNamed("lan")).container.env).toEqual({
      NODE_ENV: "production",
      SSL_CERT_FILE: "/etc/ssl/sprocket-authority.pem",
    });
  });
});

test("has as many containers as its environment says", () => {
  const environment = environmentLike("local", { applications: { replicas: { web: 3, core: 2 } } });

  expect(application({}, environment).service.mode.replicated.replicas).toBe(3);
});

test("runs alone where there must never be two of it", () => {
  const { service } = application({ name: "discord-bot" });

  expect(service).toMatchObject({ mode: { replicated: { replicas: 1 } }, update_config: { order: "stop-first" } });
});

test("has no container where its feature is off", () => {
  const { service } = application({ feature: "Discord" });

  expect(service.mode.replicated.replicas).toBe(interpolated('contains(["features that are off"], "Discord") ? 0 : 1'));
});

test("that stays deaf after the broker went away is watched for it, and rolls with the broker", () => {
  const { healthcheck, env } = application({ deafAfterBroker: true }).container;

  expect(healthcheck.test[1]).toContain("http://rabbitmq.test:15692/");
  expect(env).toEqual({ NODE_ENV: "production", ...variablesOfDeaf("revision-of-rabbitmq") });
});

test("starts where and when it is told to", () => {
  const { stack, backing } = applicationStack();
  const after = [smallService(stack, "first")];
  const props = { directory: "/app/src", restartDelay: Duration.minutes(1), after };
  new Application(stack, "app", { ...minimal, backing, ...props });

  expect(serviceOf(synthesise(stack), "app")).toMatchObject({
    task_spec: { container_spec: { dir: "/app/src" }, restart_policy: { delay: "1m" } },
    depends_on: ["docker_service.first"],
  });
});

test("is found below what it is in, with what it runs", () => {
  const { stack, backing } = applicationStack();
  new Application(stack, "app", { ...minimal, backing });
  new Application(stack, "other", { ...minimal, backing, name: "core" });

  expect(Application.all(stack).map(({ applicationName }) => applicationName)).toEqual(["web", "core"]);
});
