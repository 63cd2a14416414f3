import { Testing } from "cdktf";
import { MetricsEndpoint } from "../../../constructs/observability/metrics-endpoint";
import { Prometheus } from "../../../constructs/observability/prometheus";
import { MEASURED_EVERY } from "../../../constructs/observability/prometheus-configuration";
import { rulesOf } from "../../../constructs/observability/rules/rules";
import type { NetworkReference } from "../../../constructs/swarm/network-reference";
import type { LayerStack } from "../../../constructs/terraform/layer-stack";
import { dataStack, filesInContainer } from "../../support/data";
import { labelsOf, networksOf, serviceOf, smallService } from "../../support/services";
import { environmentNamed, failureOf, swarmStack, synthesise } from "../../support/testing";

const CONFIGURATION_PATH = "/etc/prometheus/prometheus.yml";
const MEBIBYTE = 1024 * 1024;

/** A service that has metrics, on a network. */
function measured(stack: LayerStack, id: string, network: NetworkReference) {
  const service = smallService(stack, id, { networks: [network] });
  return { service, port: 9000 };
}

function prometheus() {
  const app = Testing.app();
  const { stack, networks } = dataStack({ app });
  const { url } = new Prometheus(stack, "prometheus", { networks, alertmanager: "alertmanager:9093" });
  return { app, stack, networks, url };
}

function configurationOf(stack: LayerStack) {
  const json = synthesise(stack);
  const files = filesInContainer(json, "prometheus");
  return { json, files, configuration: JSON.parse(files[CONFIGURATION_PATH] ?? "") };
}

const { stack, app, networks, url } = prometheus();
const upper = swarmStack({ app, layer: "platform" });
const lower = swarmStack({ app, layer: "layer-1" });
const foreign = swarmStack({ app, environment: environmentNamed("production") });
new MetricsEndpoint(upper, "zebra-metrics", {
  ...measured(upper, "zebra", networks.ingressOperators),
  path: "/deep/metrics",
  parameters: { format: ["prometheus"], family: ["a", "b"] },
});
new MetricsEndpoint(lower, "apple-metrics", {
  ...measured(lower, "apple", networks.metrics),
  keeps: { __name__: "apple_.*", queue: "local-.*" },
});
new MetricsEndpoint(stack, "broker-metrics", { ...measured(stack, "broker", networks.metrics), job: "middle" });
new MetricsEndpoint(foreign, "foreign-metrics", measured(foreign, "foreign", networksOf(foreign).metrics));
const { json, files, configuration } = configurationOf(stack);
const service = serviceOf(json, "prometheus");
const { args, configs, env, mounts } = service.task_spec.container_spec;
const jobs = configuration.scrape_configs;

describe("what is measured", () => {
  test("is every endpoint of the environment, of whichever layer, sorted", () => {
    expect(jobs.map(({ job_name }: any) => job_name)).toEqual(["apple", "middle", "prometheus", "zebra"]);
  });

  test("is asked for by the service's name, and told by the name that people say", () => {
    expect(jobs.map(({ static_configs }: any) => static_configs)).toEqual([
      [{ targets: ["sprocket-local-apple:9000"], labels: { instance: "apple" } }],
      [{ targets: ["sprocket-local-broker:9000"], labels: { instance: "broker" } }],
      [{ targets: ["sprocket-local-prometheus:9090"], labels: { instance: "prometheus" } }],
      [{ targets: ["sprocket-local-zebra:9000"], labels: { instance: "zebra" } }],
    ]);
  });

  test("is asked for at its path with its parameters, and at /metrics without any otherwise", () => {
    expect(jobs.map(({ metrics_path, params }: any) => [metrics_path, params])).toEqual([
      ["/metrics", undefined],
      ["/metrics", undefined],
      ["/metrics", undefined],
      ["/deep/metrics", { format: ["prometheus"], family: ["a", "b"] }],
    ]);
  });

  test("is kept where every label is as it should be, and all of it otherwise", () => {
    expect(jobs.map(({ metric_relabel_configs }: any) => metric_relabel_configs)).toEqual([
      [
        { source_labels: ["__name__"], regex: "apple_.*", action: "keep" },
        { source_labels: ["queue"], regex: "local-.*", action: "keep" },
      ],
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("is answered before it is asked for again", () => {
    expect(configuration.global).toEqual({
      scrape_interval: "15s",
      scrape_timeout: "10s",
      evaluation_interval: "15s",
      external_labels: { environment: "local" },
    });
  });

  test("is kept for more than a month, on a volume, and never more than fits", () => {
    expect(args).toContain("--storage.tsdb.retention.time=45d");
    expect(args).toContain("--storage.tsdb.retention.size=4GB");
    const [folder] = args.flatMap((arg: string) => /^--storage\.tsdb\.path=(.*)$/.exec(arg)?.[1] ?? []);
    expect(mounts).toContainEqual({ type: "volume", source: "sprocket-local-prometheus-data", target: folder });
  });
});

test("looks at the rules of the environment, which are mounted where it looks", () => {
  const [path] = configuration.rule_files;

  expect(configuration.rule_files).toHaveLength(1);
  expect(configs.map((config: any) => config.file_name)).toEqual([CONFIGURATION_PATH, path]);
  expect(JSON.parse(files[path] ?? "")).toEqual(JSON.parse(JSON.stringify(rulesOf(stack))));
  expect(args).toContain(`--config.file=${CONFIGURATION_PATH}`);
});

test("sends alerts to Alertmanager", () => {
  expect(configuration.alerting.alertmanagers).toEqual([{ static_configs: [{ targets: ["alertmanager:9093"] }] }]);
});

test("is shown to operators, by the name by which it writes links to itself", () => {
  expect(url).toBe("http://sprocket-local-prometheus:9090");
  expect(args).toContain("--web.external-url=http://prometheus.localhost");
  expect(labelsOf(service)).toMatchObject({
    "traefik.http.routers.sprocket-local-prometheus.rule": "Host(`prometheus.localhost`)",
    "traefik.swarm.network": "sprocket-local-ingress-operators",
  });
  // It would let whoever reaches it stop it or remove what it keeps.
  expect(args.filter((arg: string) => /enable-(lifecycle|admin-api|remote-write-receiver)/.test(arg))).toEqual([]);
});

test("collects garbage before it is out of memory", () => {
  const [, mebibytes] = /^(\d+)MiB$/.exec(env.GOMEMLIMIT) ?? [];

  expect(Number(mebibytes) * MEBIBYTE).toBeLessThan(service.task_spec.resources.limits.memory_bytes);
});

test("fails for a service with metrics that is on none of its networks, and says which to join", () => {
  const { stack, app } = prometheus();
  const above = swarmStack({ app, layer: "platform" });
  new MetricsEndpoint(above, "metrics", measured(above, "web", networksOf(above).ingressPublic));

  expect(failureOf(() => synthesise(stack))).toMatch(
    new RegExp(
      "local-layer-2/prometheus: 1 fault\n {2}- local-platform/metrics: Prometheus is on sprocket-local-ingress-operators, " +
        "sprocket-local-metrics, and local-platform/web is on none of them; join one",
    ),
  );
});

test("may take as long to end as it looks for what went away: until a second measurement of it is due, and a little more", () => {
  const seconds = Number(/^(\d+)s$/.exec(service.task_spec.container_spec.stop_grace_period)?.[1]);

  expect(seconds).toBeGreaterThan((2.1 * MEASURED_EVERY.milliseconds) / 1000);
});
