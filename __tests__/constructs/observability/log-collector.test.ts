import { nodesOf } from "../../../config/nodes";
import { LogCollector } from "../../../constructs/observability/log-collector";
import { dataStack, filesInContainer } from "../../support/data";
import { labelsOf, serviceOf } from "../../support/services";
import { synthesise } from "../../support/testing";

const MEBIBYTE = 1024 * 1024;
const LOGS = "/var/lib/docker/containers";

const { stack, networks } = dataStack();
new LogCollector(stack, "log-collector", {
  networks,
  lokiUrl: "http://loki:3100",
  node: nodesOf(stack.environment)[0],
});
const json = synthesise(stack);
const service = serviceOf(json, "log-collector");
const { args, env, mounts } = service.task_spec.container_spec;
const [path = ""] = args.flatMap((arg: string) => /^--config=(.*)$/.exec(arg)?.[1] ?? []);
const configuration = JSON.parse(filesInContainer(json, "log_collector")[path] ?? "");
const { receivers, processors, exporters, extensions, service: wiring } = configuration;
const { operators, ...receiver } = receivers.file_log;
const operator = (type: string) => operators.filter((each: any) => each.type === type);

describe("what it reads", () => {
  test("are the files in which Docker keeps what containers print, and it cannot write there", () => {
    // Also those that Docker rotated while nobody read.
    expect(receiver.include).toEqual([`${LOGS}/*/*-json.log*`]);
    expect(mounts.filter(({ type }: any) => type === "bind")).toEqual([
      { type: "bind", source: LOGS, target: LOGS, read_only: true },
    ]);
  });

  test("is remembered on a volume, so that nothing is told twice or left out", () => {
    expect(receiver.storage).toBe("file_storage");
    expect(wiring.extensions).toEqual(["file_storage"]);
    expect(mounts).toContainEqual({
      type: "volume",
      source: "sprocket-local-log-collector-state",
      target: extensions.file_storage.directory,
    });
  });

  test("is each line from a container's first on, unless it is older than Loki takes", () => {
    expect(receiver).toMatchObject({ start_at: "beginning", exclude_older_than: "24h" });
  });

  test("is of the environment's services alone", () => {
    const service = 'attributes.attrs["com.docker.swarm.service.name"]';

    expect(operator("filter")).toEqual([
      {
        type: "filter",
        // What is true is left out.
        expr: `attributes.attrs == nil || ${service} == nil || !(${service} startsWith "sprocket-local-")`,
      },
    ]);
    expect(operators.map(({ type }: any) => type)).toEqual([
      "json_parser",
      "filter",
      "time_parser",
      "move",
      "move",
      "retain",
    ]);
  });

  test("is Docker's own notes of when and by whom it was printed", () => {
    expect(operator("time_parser")).toMatchObject([{ parse_from: "attributes.time", layout_type: "gotime" }]);
    expect(operator("move").map(({ from, to }: any) => [from, to])).toEqual([
      ['attributes.attrs["com.docker.swarm.service.name"]', 'resource["service.name"]'],
      ["attributes.log", "body"],
    ]);
    expect(service.task_spec.log_driver.options.labels).toBe("com.docker.swarm.service.name");
  });
});

/** What the collector's language does to a text by one of its statements. */
function replaced(target: string, text: string): string {
  const [{ statements }] = processors.transform.log_statements;
  const [statement = ""] = statements.filter((each: string) => each.startsWith(`replace_pattern(${target}, `));
  const literals = [...statement.slice(`replace_pattern(${target}`.length).matchAll(/"(?:[^"\\]|\\.)*"/g)];
  const [pattern, replacement] = literals.map(([literal]) => JSON.parse(literal));
  return text.replace(new RegExp(pattern, "g"), replacement);
}

describe("credentials in a line", () => {
  test.each([
    ["amqp://core:planted@rabbitmq:5672", "amqp://redacted@rabbitmq:5672"],
    ["amqp://core:planted@rabbitmq:5672/vhost?heartbeat=5", "amqp://redacted@rabbitmq:5672/vhost?heartbeat=5"],
    ["redis://:planted@redis:6379/0", "redis://redacted@redis:6379/0"],
    ["https://user:planted@example.org/a", "https://redacted@example.org/a"],
    ["postgres://sprocket:plan:ted@postgres:5432", "postgres://redacted@postgres:5432"],
    ["https://user:plan%40ted@example.org", "https://redacted@example.org"],
    ['{"url":"amqp://core:planted@rabbitmq"}', '{"url":"amqp://redacted@rabbitmq"}'],
    ["'redis://:planted@redis' timed out", "'redis://redacted@redis' timed out"],
    ["a://b:planted@c, then d://e:planted@f", "a://redacted@c, then d://redacted@f"],
  ])("are replaced: %s", (line, expected) => {
    expect(replaced("body", line)).toBe(expected);
    expect(replaced("body", `at 12:00 to ${line} by a@b`)).toBe(`at 12:00 to ${expected} by a@b`);
  });

  test.each([
    "GET https://example.org:8443/users?mail=a@example.org 200",
    "connected to amqp://rabbitmq:5672",
    "amqp://rabbitmq:5672 as core@host",
    '{"url":"http://api:3000","mail":"somebody@example.org"}',
    "12:00:01 INFO somebody@example.org: hello",
    "Connecting to redis://redis:6379/0, user core@1",
    "https://example.org/@scope/package:latest",
    "",
  ])("are not seen where there are none: %s", (line) => {
    expect(replaced("body", line)).toBe(line);
  });

  test("are replaced before a line leaves", () => {
    expect(wiring.pipelines.logs).toEqual({
      receivers: ["file_log"],
      processors: ["memory_limiter", "transform", "batch"],
      exporters: ["otlp_http"],
    });
  });
});

test("services are called as people say", () => {
  expect(replaced('resource.attributes["service.name"]', "sprocket-local-api")).toBe("api");
  expect(replaced('resource.attributes["service.name"]', "other-sprocket-local-api")).toBe("other-sprocket-local-api");
});

test("brings them to Loki, and holds on to what Loki does not take now, on its volume", () => {
  expect(exporters.otlp_http).toMatchObject({
    endpoint: "http://loki:3100/otlp",
    retry_on_failure: { enabled: true, max_elapsed_time: "0s" },
    sending_queue: { enabled: true, block_on_overflow: true, storage: "file_storage" },
  });
  // What the queue has no place for waits where it was read.
  expect(receiver.retry_on_failure).toMatchObject({ enabled: true, max_elapsed_time: "0s" });
});

test("is on the network of what watches alone, and answers nobody else", () => {
  expect(service.task_spec.networks_advanced).toEqual([{ name: "id-of-metrics" }]);
  expect(labelsOf(service)).toEqual({
    "sprocket.environment": "sprocket-local",
    "sprocket.no-health-check": expect.stringContaining("no program"),
  });
  expect(service.task_spec.container_spec.healthcheck).toEqual({ test: ["NONE"] });
});

test("collects garbage before it is out of memory", () => {
  const [, mebibytes] = /^(\d+)MiB$/.exec(env.GOMEMLIMIT) ?? [];

  expect(Number(mebibytes) * MEBIBYTE).toBeLessThan(service.task_spec.resources.limits.memory_bytes);
});
