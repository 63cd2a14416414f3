import { RABBITMQ_METRICS_PORT, RABBITMQ_PORT } from "../../../config/data/rabbitmq";
import { imageCatalogue } from "../../../config/images/catalogue";
import { RabbitMq } from "../../../constructs/data/rabbitmq";
import { definitionsFile } from "../../../constructs/data/rabbitmq-definitions";
import { configsOf, dataStack, secretsOf, settingsIn } from "../../support/data";
import { labelsOf, serviceOf, specificationOf } from "../../support/services";
import { interpolated, resolved, synthesise } from "../../support/testing";

function rabbitMq(image = imageCatalogue.rabbitmq) {
  const { stack, networks, secrets } = dataStack({ images: { rabbitmq: image } });
  const { revision } = new RabbitMq(stack, "rabbitmq", { networks, secrets });
  const json = synthesise(stack);
  return {
    json,
    stack,
    secrets,
    service: serviceOf(json, "rabbitmq"),
    files: configsOf(json, "rabbitmq"),
    revision,
    specification: specificationOf(json, "rabbitmq"),
  };
}

const CONFIGURATION = "/etc/rabbitmq/conf.d/90-sprocket.conf";
const { json, stack, secrets, service, files, revision, specification } = rabbitMq();
const settings = settingsIn(files[CONFIGURATION] ?? "", " = ");
const [definitionsPath = "", definitions = ""] = Object.entries(secretsOf(json, "rabbitmq"))[0] ?? [];

test("is reached at the ports that the applications know, and by operators at its pages'", () => {
  expect(settings).toMatchObject({
    "listeners.tcp.default": String(RABBITMQ_PORT),
    "prometheus.tcp.port": String(RABBITMQ_METRICS_PORT),
  });
  expect(service.task_spec.networks_advanced).toEqual([{ name: "id-of-ingressOperators" }, { name: "id-of-rabbitmq" }]);
  expect(labelsOf(service)).toMatchObject({
    "traefik.http.routers.sprocket-local-rabbitmq.rule": "Host(`rabbitmq.localhost`)",
    "traefik.http.services.sprocket-local-rabbitmq.loadbalancer.server.port": settings["management.tcp.port"],
  });
});

test("keeps its data on its volume, in a folder that the next container finds again", () => {
  const { env, mounts } = service.task_spec.container_spec;

  expect(mounts).toEqual([{ type: "volume", source: "sprocket-local-rabbitmq-data", target: "/var/lib/rabbitmq" }]);
  expect(env).toMatchObject({ HOME: "/var/lib/rabbitmq", RABBITMQ_NODENAME: "rabbit@localhost" });
});

test("makes publishers wait before the kernel ends it", () => {
  const [, megabytes] = /^(\d+)MB$/.exec(settings["vm_memory_high_watermark.absolute"] ?? "") ?? [];

  expect(Number(megabytes) * 1e6).toBeLessThan(service.task_spec.resources.limits.memory_bytes * 0.75);
});

test("has the pages and the metrics switched on, and nothing else", () => {
  expect(files["/etc/rabbitmq/enabled_plugins"]).toBe("[rabbitmq_management,rabbitmq_prometheus].\n");
});

test("is told what its version must be told", () => {
  const image = { ...imageCatalogue.rabbitmq, settings: { "a.b": "1", "log.console.level": "debug" } };
  const other = settingsIn(rabbitMq(image).files[CONFIGURATION] ?? "", " = ");

  expect(settings).toMatchObject(imageCatalogue.rabbitmq.settings ?? {});
  expect(other).toMatchObject({ "a.b": "1", "log.console.level": "debug" });
  expect(Object.keys(other).filter((name) => name.startsWith("deprecated_features."))).toEqual([]);
});

test("reads its definitions from a secret at every start", () => {
  expect(settings.load_definitions).toBe(definitionsPath);
  expect(interpolated(definitions)).toBe(resolved(stack, definitionsFile(stack.environment, secrets)));
});

describe("its revision", () => {
  test("is another for another image", () => {
    const image = { ...imageCatalogue.rabbitmq, reference: "docker.io/library/rabbitmq:5" };

    expect(resolved(stack, revision)).toContain("local.rabbitmq_specification");
    expect(rabbitMq(image).specification).not.toBe(specification);
  });

  test("is another when an account's password is, or a setting, by the names of its files", () => {
    const named = [...specification.matchAll(/docker_(?:config|secret)\.\w+\.name/g)].map(([name]) => name);

    expect(named.sort()).toEqual([
      "docker_config.rabbitmq_configuration.name",
      "docker_config.rabbitmq_plugins.name",
      "docker_secret.rabbitmq_definitions.name",
    ]);
    expect(json.resource?.docker_secret?.rabbitmq_definitions.name).toBe(
      `sprocket-local-rabbitmq-definitions-${interpolated(`nonsensitive(substr(sha256(${definitions}), 0, 12))`)}`,
    );
  });

  test("depends on nothing else that Terraform learns later", () => {
    const references = [...specification.matchAll(/\$\{(\w+)\.\w+\.\w+\}/g)].map(([, type]) => type);

    expect(specification.match(/(?<!\$)\$\{/g)).toHaveLength(references.length);
    expect([...new Set(references)].sort()).toEqual(["docker_config", "docker_secret"]);
  });
});
