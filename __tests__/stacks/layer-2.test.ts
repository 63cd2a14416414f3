import { Testing } from "cdktf";
import { Layer2 } from "../../stacks/layer-2";
import { configsOf, secretsOf, storedValue } from "../support/data";
import { serviceOf, specificationOf } from "../support/services";
import { interpolated, layerProps, synthesise, type TerraformJson, testStack } from "../support/testing";

const layer2 = (name: string, app = Testing.app()) => new Layer2(app, layerProps(name));
/** What Terraform reads of each environment's, made once. */
const jsonOf = Object.fromEntries(
  ["local", "lan", "production", "staging"].map((name) => [name, synthesise(layer2(name))]),
) as Readonly<Record<string, TerraformJson>>;
const foundation = (output: string) => interpolated(`data.terraform_remote_state.foundation.outputs.${output}`);
const layer1 = (output: string) => interpolated(`data.terraform_remote_state.layer_1.outputs.${output}`);

/** What watches the rest: everywhere the same. */
const WATCHERS = [
  "alertmanager",
  "data_metrics",
  "grafana",
  "log_collector",
  "loki",
  "node_metrics",
  "node_metrics_docker",
  "prometheus",
  "status_page",
];

const networkOf = (name: string) => expect.objectContaining({ name: layer1(`network_ids.${name}`) });

describe.each([
  { name: "local", scheme: "http", domain: "localhost", port: 80 },
  { name: "lan", scheme: "https", domain: "192-168-1-20.sslip.io", port: 443 },
])("$name, without a cloud", ({ name, scheme, domain, port }) => {
  const json = jsonOf[name] as TerraformJson;
  const services = Object.keys(json.resource?.docker_service ?? {});

  test("has every data service, the tasks that fill them and what watches them, as containers", () => {
    expect(services.filter((service) => !WATCHERS.includes(service)).sort()).toEqual([
      "influxdb",
      "influxdb_tokens",
      "postgres",
      "postgres_roles",
      "rabbitmq",
      "redis",
      "s3",
      "s3_buckets",
    ]);
  });

  test("makes the database's roles in its container", () => {
    const roles = serviceOf(json, "postgres-roles");

    expect(roles.depends_on).toEqual(["docker_service.postgres"]);
    expect(roles.task_spec.container_spec.env).toMatchObject({ PGHOST: "postgres", PGSSLMODE: "disable" });
    expect(roles.task_spec.networks_advanced).toEqual([networkOf("postgres")]);
  });

  test("lets the pages of image generation use its S3 server", () => {
    expect(serviceOf(json, "s3").task_spec.container_spec.env.VGW_CORS_ALLOW_ORIGIN).toBe(
      `${scheme}://image-generation.${domain}`,
    );
  });

  test("hands on where its services are", () => {
    expect(json.output).toMatchObject({
      postgres_host: { value: "postgres" },
      postgres_port: { value: 5432 },
      redis_host: { value: `sprocket-${name}-redis` },
      redis_port: { value: 6379 },
      rabbitmq_host: { value: `sprocket-${name}-rabbitmq` },
      rabbitmq_port: { value: 5672 },
      influxdb_url: { value: `http://sprocket-${name}-influxdb:8086` },
      object_storage_host: { value: `s3.${domain}` },
      object_storage_port: { value: port },
      buckets: { value: { images: "images", replays: "replays", backups: "backups" } },
    });
  });
});

describe.each(["production", "staging"])("%s, in the cloud", (name) => {
  const json = jsonOf[name] as TerraformJson;
  const services = Object.keys(json.resource?.docker_service ?? {});

  test("has no container of what the foundation makes, and PgBouncer before the cluster", () => {
    expect(services.filter((service) => !WATCHERS.includes(service)).sort()).toEqual([
      "influxdb",
      "influxdb_tokens",
      "pgbouncer",
      "postgres_roles",
      "rabbitmq",
      "redis",
    ]);
  });

  test("makes the cluster's roles as its administrator, by TLS", () => {
    const { env } = serviceOf(json, "postgres-roles").task_spec.container_spec;

    expect(env).toMatchObject({
      PGHOST: foundation("database_host"),
      PGPORT: foundation("database_port"),
      PGUSER: foundation("database_admin_user"),
      PGDATABASE: "defaultdb",
      PGSSLMODE: "verify-full",
    });
    expect(configsOf(json, "postgres-roles")[env.PGSSLROOTCERT]).toBe(foundation("database_ca_certificate"));
    expect(secretsOf(json, "postgres-roles")).toMatchObject({
      "/run/secrets/administrator-password": storedValue("postgres/administrator-password"),
    });
    expect(serviceOf(json, "postgres-roles").task_spec.networks_advanced).toEqual([networkOf("egress")]);
  });

  test("leads applications to the cluster by PgBouncer, once the roles are made", () => {
    const { depends_on, task_spec } = serviceOf(json, "pgbouncer");

    expect(depends_on).toEqual(["docker_service.postgres_roles"]);
    expect(task_spec.networks_advanced).toEqual([networkOf("postgres"), networkOf("egress")]);
    expect(configsOf(json, "pgbouncer")["/etc/pgbouncer/pgbouncer.ini"]).toContain(
      `host=${foundation("database_host")} port=${foundation("database_port")}`,
    );
  });

  test("hands on the foundation's object storage as its own", () => {
    expect(json.output).toMatchObject({
      postgres_host: { value: "postgres" },
      postgres_port: { value: 5432 },
      object_storage_host: { value: foundation("spaces_host") },
      object_storage_port: { value: 443 },
      buckets: {
        value: Object.fromEntries(
          ["images", "replays", "backups"].map((bucket) => [bucket, foundation(`buckets.${bucket}`)]),
        ),
      },
    });
  });
});

test.each(["local", "production"])("on %s, applications learn when the broker restarts", (name) => {
  const json = jsonOf[name] as TerraformJson;

  expect(json.output?.rabbitmq_revision.value).toContain("(local.rabbitmq_specification)");
  expect(specificationOf(json, "rabbitmq")).toContain("docker_secret.rabbitmq_definitions.name");
});

test.each([
  ["local", "docker_service.postgres_roles"],
  ["production", "docker_service.pgbouncer"],
])("on %s, what watches is all there, and signs in to the database once it may", (name, ready) => {
  const json = jsonOf[name] as TerraformJson;
  const services = Object.keys(json.resource?.docker_service ?? {});

  expect(WATCHERS.filter((watcher) => !services.includes(watcher))).toEqual([]);
  expect(serviceOf(json, "data-metrics").depends_on).toEqual([ready, "docker_service.redis"]);
});

test.each([
  ["lan", true],
  ["local", false],
  ["production", false],
])("whoever asks the routes of %s trusts its own authority: %p", (name, trusting) => {
  const json = jsonOf[name] as TerraformJson;
  const certificates = Object.values(configsOf(json, "status_page")).filter(
    (text) => text === layer1("authority_certificate"),
  );

  expect(certificates).toHaveLength(trusting ? 1 : 0);
});

test("InfluxDB's tokens go to the Vault of Layer 1", () => {
  const plan = configsOf(jsonOf.local as TerraformJson, "influxdb-tokens")["/task/plan.json"] ?? "";

  expect(JSON.parse(plan).vault).toMatchObject({ url: layer1("vault_service_url") });
});

test("the layer is deployed after those that it reads", () => {
  const app = Testing.app();
  const lower = (["layer-1", "secrets"] as const).map((layer) => testStack({ app, layer }));

  expect(layer2("local", app).dependencies).toEqual(expect.arrayContaining(lower));
});
