import { Testing } from "cdktf";
import { APPLICATION_NAMES } from "../../config/applications";
import { selectEnvironments } from "../../config/environments";
import { imagesOf } from "../../config/images/catalogue";
import { Platform } from "../../stacks/platform";
import { configsOf, documentIn, secretsOf } from "../support/data";
import { labelsOf, serviceOf } from "../support/services";
import {
  environmentLike,
  environmentNamed,
  interpolated,
  layerProps,
  synthesise,
  type TerraformJson,
  testStack,
} from "../support/testing";

const everywhere = selectEnvironments(undefined).map(({ name }) => name);
const platforms = Object.fromEntries(
  everywhere.map((name) => [name, synthesise(new Platform(Testing.app(), layerProps(name)))]),
);
const platform = (name: string) => platforms[name] as TerraformJson;

/** The applications by the ids of their services. */
const IDS = {
  api: "core",
  web: "web",
  "discord-bot": "discord-bot",
  "image-frontend": "image-generation-frontend",
  "image-service": "image-generation-service",
  notification: "notification-service",
  analytics: "server-analytics-service",
  matchmaking: "matchmaking-service",
  submission: "submission-service",
  "replay-parser": "replay-parse-service",
} as const;
const ids = Object.keys(IDS) as readonly (keyof typeof IDS)[];
const remote = (layer: string, output: string) =>
  interpolated(`data.terraform_remote_state.${layer}.outputs.${output}`);

test("every application is there, and the two tasks before them", () => {
  const services = [...ids, "schema", "migrations"].map((id) => id.replaceAll("-", "_"));

  expect(Object.values(IDS).sort()).toEqual([...APPLICATION_NAMES].sort());
  for (const name of everywhere) {
    expect(Object.keys(platform(name).resource?.docker_service ?? {}).sort()).toEqual(services.sort());
  }
});

test.each([
  ["schema", []],
  ["migrations", ["schema"]],
  ["api", ["migrations"]],
  ["replay-parser", []],
  ["image-service", []],
  ["analytics", []],
  ["submission", ["api", "replay_parser"]],
  ["matchmaking", ["api", "analytics"]],
  ["discord-bot", ["api"]],
  ["notification", ["api"]],
  ["web", ["api"]],
  ["image-frontend", ["migrations", "image_service"]],
])("%s waits for %j", (id, others) => {
  expect(serviceOf(platform("production"), id).depends_on).toEqual(others.map((other) => `docker_service.${other}`));
});

describe("the networks", () => {
  const networksOf = (name: string, id: string) =>
    serviceOf(platform(name), id).task_spec.networks_advanced.map((network: { name: string }) =>
      network.name.replace(/^.*network_ids\.(\w+)\}$/, "$1"),
    );

  test.each<[string, readonly string[], readonly string[]]>([
    // Where there is no cloud, and in it.
    ["schema", ["postgres"], ["postgres"]],
    ["migrations", ["postgres"], ["postgres"]],
    ["api", ["ingressPublic", "postgres", "redis", "rabbitmq"], ["ingressPublic", "postgres", "redis", "rabbitmq"]],
    ["web", ["ingressPublic"], ["ingressPublic"]],
    ["discord-bot", ["ingressPublic", "rabbitmq"], ["rabbitmq", "egress"]],
    ["image-frontend", ["ingressOperators", "postgres", "rabbitmq"], ["ingressOperators", "postgres", "rabbitmq"]],
    ["image-service", ["ingressPublic", "rabbitmq"], ["rabbitmq", "egress"]],
    ["notification", ["rabbitmq", "redis"], ["rabbitmq", "redis"]],
    ["analytics", ["rabbitmq", "influxdb"], ["rabbitmq", "influxdb"]],
    ["matchmaking", ["rabbitmq", "redis"], ["rabbitmq", "redis"]],
    ["submission", ["ingressPublic", "rabbitmq", "redis"], ["rabbitmq", "redis", "egress"]],
    ["replay-parser", ["ingressPublic", "rabbitmq", "redis"], ["rabbitmq", "redis", "egress"]],
  ])("of %s are %j, and in the cloud %j", (id, withoutCloud, inCloud) => {
    for (const name of everywhere) {
      expect(networksOf(name, id)).toEqual(environmentNamed(name).platform === "cloud" ? inCloud : withoutCloud);
    }
  });
});

test.each([
  ["api", "Host(`api.192-168-1-20.sslip.io`)", true],
  ["web", "Host(`192-168-1-20.sslip.io`)", true],
  ["image-frontend", "Host(`image-generation.192-168-1-20.sslip.io`)", false],
])("%s is reached by %s, and by everybody: %s", (id, rule, isPublic) => {
  const labels = labelsOf(serviceOf(platform("lan"), id));
  const rules = Object.entries(labels).flatMap(([label, value]) => (label.endsWith(".rule") ? [value] : []));
  const middlewares = Object.keys(labels).filter((label) => label.endsWith(".middlewares"));

  expect(rules).toEqual(isPublic ? [rule, rule] : [rule]);
  expect(middlewares).toHaveLength(isPublic ? 0 : 1);
});

test("nothing else has a route", () => {
  const routed = ids.filter((id) => labelsOf(serviceOf(platform("lan"), id))["traefik.enable"] === "true");

  expect(routed.sort()).toEqual(["api", "image-frontend", "web"]);
});

/** A service's image, as the Swarm has it. */
const deployed = (id: string) =>
  interpolated(`docker_service.${id.replaceAll("-", "_")}.task_spec[0].container_spec[0].image`);

test("the release is what the Swarm runs, by application", () => {
  expect(platform("staging").output?.release.value).toEqual({
    ...Object.fromEntries(ids.map((id) => [IDS[id], deployed(id)])),
    "elo-service": "none",
  });
});

test("players are rated where the environment says by what", () => {
  const environment = environmentLike("lan", { applications: { elo: { dgraph: "dgraph.example.org:9080" } } });
  const json = synthesise(new Platform(Testing.app(), { environment, images: imagesOf(environment) }));

  expect(serviceOf(json, "elo")).toMatchObject({
    depends_on: ["docker_service.api"],
    task_spec: { container_spec: { env: { DGRAPH_DATABASE_URL: "dgraph.example.org:9080" } } },
  });
  expect(json.output?.release.value["elo-service"]).toBe(deployed("elo"));
});

test.each(everywhere)("on %s, each application runs as often as it should, and the bot only with a token", (name) => {
  const { replicas } = environmentNamed(name).applications;
  const isOff = 'contains(data.terraform_remote_state.secrets.outputs.features_off, "the Discord bot")';
  const bot = interpolated(`${isOff} ? 0 : 1`);

  for (const id of ids) {
    const expected = id === "discord-bot" ? bot : ((replicas as Record<string, number>)[IDS[id]] ?? 1);
    expect([id, serviceOf(platform(name), id).mode.replicated.replicas]).toEqual([id, expected]);
  }
});

test.each([
  ["local", "allowed"],
  ["lan", "refused"],
  ["production", "refused"],
])("on %s, a database without a schema is %s, by both tasks alike", (name, allowed) => {
  const settings = ["schema", "migrations"].map(
    (id) => serviceOf(platform(name), id).task_spec.container_spec.env.WITHOUT_SCHEMA,
  );

  expect(settings).toEqual([allowed, allowed]);
});

test.each(everywhere)("on %s, what the layers below hand on reaches who needs it", (name) => {
  const configuration = configsOf(platform(name), "api")["/app/config/production.json"] ?? "";
  const document = documentIn(/^\$\{(.*)\}$/s.exec(configuration)?.[1] ?? "");
  const output = (each: string) => `data.terraform_remote_state.layer_2.outputs.${each}`;

  expect(document).toMatchObject({
    db: { host: output("postgres_host"), port: output("postgres_port") },
    redis: { host: output("redis_host"), port: output("redis_port"), prefix: name },
    cache: { host: output("redis_host"), port: output("redis_port") },
    minio: { endPoint: output("object_storage_host"), port: output("object_storage_port") },
  });
  expect(secretsOf(platform(name), "api")["/app/config/local-production.json"]).toContain(output("rabbitmq_host"));
  expect(serviceOf(platform(name), "api").task_spec.container_spec.env.SPROCKET_BROKER_REVISION).toBe(
    remote("layer_2", "rabbitmq_revision"),
  );
});

test.each(everywhere)("on %s, the private authority's certificate is mounted where there is one", (name) => {
  const trusting = ids.filter(
    (id) =>
      configsOf(platform(name), id)["/etc/ssl/sprocket-authority.pem"] === remote("layer_1", "authority_certificate"),
  );

  expect(trusting.sort()).toEqual(
    name === "lan" ? ["api", "discord-bot", "image-frontend", "image-service", "replay-parser", "submission"] : [],
  );
});

test("the layer is deployed after those that it reads", () => {
  const app = Testing.app();
  const lower = (["layer-1", "secrets", "layer-2"] as const).map((layer) => testStack({ app, layer }));

  expect(new Platform(app, layerProps("local")).dependencies).toEqual(expect.arrayContaining(lower));
});
