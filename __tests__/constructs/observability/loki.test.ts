import { Loki } from "../../../constructs/observability/loki";
import { dataStack, filesInContainer } from "../../support/data";
import { labelsOf, serviceOf } from "../../support/services";
import { synthesise } from "../../support/testing";

const MEBIBYTE = 1024 * 1024;

const { stack, networks } = dataStack();
const { url } = new Loki(stack, "loki", { networks });
const json = synthesise(stack);
const service = serviceOf(json, "loki");
const { args, env, mounts } = service.task_spec.container_spec;
const [path = ""] = args.flatMap((arg: string) => /^-config\.file=(.*)$/.exec(arg)?.[1] ?? []);
const configuration = JSON.parse(filesInContainer(json, "loki")[path] ?? "");

test("is reached by what watches the platform, and by nobody else", () => {
  expect(url).toBe("http://sprocket-local-loki:3100");
  expect(configuration.server.http_listen_port).toBe(3100);
  expect(service.task_spec.networks_advanced).toEqual([{ name: "id-of-metrics" }]);
  expect(Object.keys(labelsOf(service))).toEqual(["sprocket.environment"]);
});

test("forgets after two weeks, and removes what it forgot", () => {
  expect(configuration.limits_config.retention_period).toBe(`${14 * 24}h`);
  expect(configuration.compactor).toMatchObject({ retention_enabled: true, delete_request_store: "filesystem" });
});

test("keeps everything on its volume", () => {
  const folders = JSON.stringify(configuration).match(/(?<=")\/[^"]+/g) ?? [];
  const volumes = mounts.filter(({ type }: any) => type === "volume");

  expect(volumes).toEqual([{ type: "volume", source: "sprocket-local-loki-data", target: "/loki" }]);
  expect(folders).not.toHaveLength(0);
  expect(folders.filter((folder) => folder !== "/loki" && !folder.startsWith("/loki/"))).toEqual([]);
});

test("has an index of services' names alone, which are few", () => {
  expect(configuration.limits_config.otlp_config.resource_attributes).toEqual({
    ignore_defaults: true,
    attributes_config: [{ action: "index_label", attributes: ["service.name"] }],
  });
});

test("takes what a collector that was away for a week brings", () => {
  expect(configuration.limits_config.reject_old_samples_max_age).toBe(`${7 * 24}h`);
});

test("lets nobody delete, as whoever can write could", () => {
  expect(configuration.limits_config.deletion_mode).toBe("disabled");
});

test("tells nobody about itself", () => {
  expect(configuration.analytics).toEqual({ reporting_enabled: false });
});

test("collects garbage before it is out of memory", () => {
  const [, mebibytes] = /^(\d+)MiB$/.exec(env.GOMEMLIMIT) ?? [];

  expect(Number(mebibytes) * MEBIBYTE).toBeLessThan(service.task_spec.resources.limits.memory_bytes);
});
