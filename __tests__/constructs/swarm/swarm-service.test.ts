import { Lazy, TerraformVariable } from "cdktf";
import fc from "fast-check";
import { Duration } from "../../../constructs/swarm/duration";
import { Memory } from "../../../constructs/swarm/memory";
import { SwarmConfig } from "../../../constructs/swarm/swarm-config";
import { SwarmSecret } from "../../../constructs/swarm/swarm-secret";
import { SwarmService } from "../../../constructs/swarm/swarm-service";
import type { SwarmServiceProps } from "../../../constructs/swarm/swarm-service-props";
import { specificationOf } from "../../support/services";
import {
  failureOf,
  interpolated,
  minimalService,
  resolved,
  swarmStack,
  synthesise,
  testImage,
  testNetwork,
} from "../../support/testing";

/** A service's whole block as Terraform reads it. */
function blockOf(props: Partial<SwarmServiceProps> = {}): any {
  const stack = swarmStack();
  new SwarmService(stack, "web", { ...minimalService, ...props });
  return synthesise(stack).resource?.docker_service?.web;
}

const containerOf = (props: Partial<SwarmServiceProps>) => blockOf(props).task_spec.container_spec;

const defaults = {
  name: "sprocket-local-web",
  labels: [{ label: "sprocket.environment", value: "sprocket-local" }],
  mode: { replicated: { replicas: 1 } },
  task_spec: {
    container_spec: {
      image: testImage.reference,
      user: "1000:1000",
      cap_drop: ["ALL"],
      read_only: true,
      mounts: [],
      secrets: [],
      configs: [],
      healthcheck: { test: ["CMD", "true"], start_period: "10s", interval: "5s", timeout: "3s", retries: 3 },
      stop_grace_period: "10s",
    },
    networks_advanced: [{ name: "network-id" }],
    placement: { constraints: [] },
    resources: { limits: { nano_cpus: 500_000_000, memory_bytes: 67_108_864 } },
    restart_policy: { condition: "any", delay: "5s", max_attempts: 0, window: "0s" },
    log_driver: {
      name: "json-file",
      options: { "max-size": "10m", "max-file": "3", labels: "com.docker.swarm.service.name" },
    },
  },
  endpoint_spec: { mode: "dnsrr", ports: [] },
  update_config: {
    parallelism: 1,
    delay: "0s",
    failure_action: "rollback",
    monitor: "15s",
    max_failure_ratio: "0.0",
    order: "start-first",
  },
  rollback_config: {
    parallelism: 1,
    delay: "0s",
    failure_action: "pause",
    monitor: "15s",
    max_failure_ratio: "0.0",
    order: "start-first",
  },
  converge_config: { delay: "8s", timeout: "3m58s" },
  depends_on: [],
  lifecycle: { ignore_changes: ["task_spec[0].placement[0].platforms"] },
};

describe("a service", () => {
  test("has the house's defaults, all of them written out", () => {
    expect(blockOf()).toEqual(defaults);
  });

  test("has everything that is set", () => {
    const stack = swarmStack();
    const value = new TerraformVariable(stack, "password", { type: "string", sensitive: true }).stringValue;
    const secret = new SwarmSecret(stack, "password-file", { value });
    const config = new SwarmConfig(stack, "settings", { content: "colour: red" });
    const first = new SwarmService(stack, "first", minimalService);

    const isOff = new TerraformVariable(stack, "off", { type: "bool" }).booleanValue;

    new SwarmService(stack, "web", {
      image: {
        ...testImage,
        user: { uid: 100, gid: 101 },
        capabilities: ["CHOWN", "SETUID"],
        writablePaths: ["/run", "/data"],
      },
      networks: [testNetwork, { name: "other", id: "other-id", aliases: ["postgres", "db"] }],
      healthCheck: {
        command: ["CMD-SHELL", `test $HOME = ${interpolated("HOME")}`],
        startPeriod: Duration.seconds(90),
        interval: Duration.milliseconds(2500),
        timeout: Duration.minutes(1),
        retries: 5,
      },
      limits: { cpus: 0.1, memory: Memory.mebibytes(6) },
      command: ["/bin/sh", "-c"],
      args: [`echo ${interpolated("HOME")} %{x}`],
      directory: "/srv",
      environment: { GREETING: `100%{x} ${interpolated("y")}`, _port2: "80" },
      files: [secret.at("/run/secrets/password"), config.at("/etc/settings.yml")],
      volumes: [{ name: "data", path: "/data" }],
      bindMounts: [{ hostPath: "/var/run/docker.sock", path: "/var/run/docker.sock" }],
      tmpfs: ["/tmp"],
      publishedPorts: [{ published: 8080, target: 80 }],
      replicas: 1,
      offWhen: isOff,
      restartDelay: Duration.seconds(60),
      placementConstraints: ["node.role == manager"],
      stopGracePeriod: Duration.seconds(60),
      monitor: Duration.seconds(100),
      after: [first],
    });

    const owner = { file_uid: "100", file_gid: "101" };
    expect(synthesise(stack).resource?.docker_service?.web).toEqual({
      ...defaults,
      mode: { replicated: { replicas: interpolated("var.off ? 0 : 1") } },
      task_spec: {
        ...defaults.task_spec,
        container_spec: {
          image: testImage.reference,
          user: "100:101",
          cap_drop: ["ALL"],
          cap_add: ["CHOWN", "SETUID"],
          read_only: true,
          command: ["/bin/sh", "-c"],
          args: [`echo $${interpolated("HOME")} %%{x}`],
          dir: "/srv",
          env: { GREETING: `100%%{x} $${interpolated("y")}`, _port2: "80" },
          mounts: [
            { type: "volume", source: "sprocket-local-web-data", target: "/data" },
            { type: "bind", source: "/var/run/docker.sock", target: "/var/run/docker.sock", read_only: true },
            { type: "tmpfs", target: "/run" },
            { type: "tmpfs", target: "/tmp" },
          ],
          secrets: [
            {
              secret_id: interpolated("docker_secret.password_file.id"),
              secret_name: interpolated("docker_secret.password_file.name"),
              file_name: "/run/secrets/password",
              file_mode: 0o400,
              ...owner,
            },
          ],
          configs: [
            {
              config_id: interpolated("docker_config.settings.id"),
              config_name: interpolated("docker_config.settings.name"),
              file_name: "/etc/settings.yml",
              file_mode: 0o444,
              ...owner,
            },
          ],
          healthcheck: {
            test: ["CMD-SHELL", `test $HOME = $${interpolated("HOME")}`],
            start_period: "1m30s",
            interval: "2.5s",
            timeout: "1m",
            retries: 5,
          },
          stop_grace_period: "1m",
        },
        networks_advanced: [{ name: "network-id" }, { name: "other-id", aliases: ["postgres", "db"] }],
        placement: { constraints: ["node.role == manager"] },
        resources: { limits: { nano_cpus: 100_000_000, memory_bytes: 6_291_456 } },
        restart_policy: { ...defaults.task_spec.restart_policy, delay: "1m" },
      },
      endpoint_spec: {
        mode: "dnsrr",
        ports: [{ protocol: "tcp", publish_mode: "host", published_port: 8080, target_port: 80 }],
      },
      update_config: { ...defaults.update_config, monitor: "1m40s", order: "stop-first" },
      rollback_config: { ...defaults.rollback_config, monitor: "1m40s", order: "stop-first" },
      converge_config: { delay: "5.5s", timeout: "20m45s" },
      depends_on: ["docker_service.first"],
    });
  });

  test("on every node is not waited for", () => {
    const { mode, converge_config } = blockOf({ replicas: "global" });

    expect([mode, converge_config]).toEqual([{ global: true }, undefined]);
  });

  test.each<[string, Partial<SwarmServiceProps>]>([
    ["mounts a volume", { volumes: [{ name: "data", path: "/data" }] }],
    ["publishes a port", { publishedPorts: [{ published: 80, target: 80 }] }],
    ["must be alone", { alone: true }],
  ])("that %s never runs twice", (_, props) => {
    const { update_config, rollback_config } = blockOf(props);

    expect([update_config.order, rollback_config.order]).toEqual(["stop-first", "stop-first"]);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ["where its volumes are", [], ["node.role == manager"]],
    ["there once, if it is told so too", ["node.role == manager"], ["node.role == manager"]],
    ["where it is told to as well", ["node.labels.disk == ssd"], ["node.labels.disk == ssd", "node.role == manager"]],
  ])("that has volumes runs %s", (_, placementConstraints, constraints) => {
    const volumes = [{ name: "data", path: "/data" }];

    expect(blockOf({ volumes, placementConstraints }).task_spec.placement).toEqual({ constraints });
  });

  test("that has none runs where it is told to alone", () => {
    const placementConstraints = ["node.labels.disk == ssd"];

    expect(blockOf({ placementConstraints }).task_spec.placement).toEqual({ constraints: placementConstraints });
  });

  test("that only reads the node, or writes what it may forget, may run twice", () => {
    const props = { bindMounts: [{ hostPath: "/proc", path: "/host/proc" }], tmpfs: ["/tmp"] };

    expect(blockOf(props).update_config.order).toBe("start-first");
  });

  test("has a writable root only where its image needs one", () => {
    const { read_only, mounts } = containerOf({ image: { ...testImage, writablePaths: "anywhere" } });

    expect([read_only, mounts]).toEqual([false, []]);
  });

  test("without a health check says why, and switches off the image's own", () => {
    const { labels, task_spec } = blockOf({ healthCheck: { none: "it only writes" } });

    expect(task_spec.container_spec.healthcheck).toEqual({ test: ["NONE"] });
    expect(labels).toContainEqual({ label: "sprocket.no-health-check", value: "it only writes" });
  });

  test("is reached by its name", () => {
    const stack = swarmStack();
    const service = new SwarmService(stack, "web", minimalService);

    expect(service.address(8080)).toBe("sprocket-local-web:8080");
    expect(service.networks).toEqual([testNetwork]);
  });

  test.each([
    [testImage.reference, []],
    [
      "test:1.0.0",
      [
        "nobody has looked up the digest of test:1.0.0 yet; the tag may move, and a container that is started anew may run another image",
      ],
    ],
  ])("whose image is %s warns: %j", (reference, warnings) => {
    const service = new SwarmService(swarmStack(), "web", { ...minimalService, image: { ...testImage, reference } });

    expect(service.node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => data)).toEqual(
      warnings,
    );
  });
});

describe("labels", () => {
  const labelsOf = (labels: Readonly<Record<string, string>>): readonly { label: string; value: string }[] => {
    const stack = swarmStack();
    new SwarmService(stack, "web", minimalService).addLabels(labels);
    return synthesise(stack).resource?.docker_service?.web.labels;
  };

  test("are sorted, and may be added twice with the same value", () => {
    const labels = { "traefik.enable": "true", "a.first": "1", "sprocket.environment": "sprocket-local" };

    expect(labelsOf(labels).map(({ label }) => label)).toEqual(["a.first", "sprocket.environment", "traefik.enable"]);
  });

  test("fail when one has another value already", () => {
    const service = new SwarmService(swarmStack(), "web", minimalService);
    service.addLabels({ "traefik.enable": "true" });

    expect(failureOf(() => service.addLabels({ "traefik.enable": "false" }))).toBe(
      'local-platform/web: the label traefik.enable is "true" already and cannot be "false" too',
    );
  });

  test("come out of Terraform as they went in", () => {
    const part = fc.oneof(fc.constantFrom("$", "{", "}", "%", "${", "%{", "`", '"', "\\", "\n"), fc.string());
    const value = fc
      .array(part)
      .map((parts) => parts.join(""))
      .filter((text) => !text.includes("TfToken["));

    fc.assert(
      fc.property(fc.array(value, { minLength: 10, maxLength: 20 }), (values) => {
        const labels = Object.fromEntries(
          values.map((text, index) => [`test.${String(index).padStart(2, "0")}`, text]),
        );

        const written = labelsOf(labels).filter(({ label }) => label.startsWith("test."));

        expect(written.map(({ value: text }) => text.replaceAll("$${", "${").replaceAll("%%{", "%{"))).toEqual(values);
      }),
      { numRuns: 25 },
    );
  });
});

describe("the revision", () => {
  /** The revision, and what it is a hash of. */
  function revisionOf(props: Partial<SwarmServiceProps> = {}, labels: Readonly<Record<string, string>> = {}) {
    const stack = swarmStack();
    const settings = new SwarmConfig(stack, "settings", { content: "colour: red" });
    const files = [settings.at("/etc/settings.yml")];
    const service = new SwarmService(stack, "web", { ...minimalService, files, ...props });
    service.addLabels(labels);
    const revision = resolved(stack, service.revision);
    return { revision, of: specificationOf(synthesise(stack), "web") };
  }

  test("is a short hash that Terraform makes, of the names of the files too", () => {
    expect(revisionOf()).toEqual({
      revision: interpolated("substr(sha256(jsonencode(local.web_specification)), 0, 12)"),
      of: expect.stringContaining(interpolated("docker_config.settings.name")),
    });
  });

  test("is the same however often it is asked for", () => {
    const stack = swarmStack();
    const service = new SwarmService(stack, "web", minimalService);

    expect(resolved(stack, service.revision)).toBe(resolved(stack, service.revision));
  });

  test.each<[string, Partial<SwarmServiceProps>]>([
    ["the image", { image: { ...testImage, reference: "docker.io/a:2" } }],
    ["an environment variable", { environment: { COLOUR: "blue" } }],
    ["the files", { files: [] }],
    ["the limits", { limits: { cpus: 1, memory: Memory.mebibytes(64) } }],
    ["a network", { networks: [{ name: "other", id: "other-id" }] }],
    ["the folder that it starts in", { directory: "/srv" }],
    ["the health check", { healthCheck: { command: ["CMD", "false"], startPeriod: Duration.seconds(10) } }],
  ])("is another for another value of %s, which replaces the containers", (_, props) => {
    expect(revisionOf(props).of).not.toBe(revisionOf().of);
  });

  test("is the same whatever Traefik is told, and however an update is watched", () => {
    expect(revisionOf({ monitor: Duration.minutes(5) }, { "traefik.enable": "true" })).toEqual(revisionOf());
  });
});

describe("what is not known at synth", () => {
  const text = () => Lazy.stringValue({ produce: () => "later" });

  test("passes as text", () => {
    const container = containerOf({
      image: { ...testImage, reference: text() },
      networks: [
        { name: text(), id: text() },
        { name: text(), id: text() },
      ],
      environment: { LATER: text() },
      files: ["secret", "config"].map((kind) => ({
        kind: kind as "secret" | "config",
        id: text(),
        name: text(),
        path: text(),
      })),
    });

    expect(container).toMatchObject({ image: "later", env: { LATER: "later" }, secrets: [{ file_name: "later" }] });
  });

  const number = (stack: ReturnType<typeof swarmStack>) =>
    new TerraformVariable(stack, "amount", { type: "number" }).numberValue;

  test.each([
    ["replicas", (amount: number) => ({ replicas: amount })],
    ["limits.cpus", (amount: number) => ({ limits: { ...minimalService.limits, cpus: amount } })],
  ])("fails as the number %s, on which the rest depends", (where, changes) => {
    const stack = swarmStack();

    expect(failureOf(() => new SwarmService(stack, "web", { ...minimalService, ...changes(number(stack)) }))).toContain(
      `${where}: got a reference that is resolved only later`,
    );
  });
});

describe("one change", () => {
  interface Variant {
    readonly service?: Partial<SwarmServiceProps>;
    readonly content?: string;
    readonly labels?: Readonly<Record<string, string>>;
  }

  /** A service with a config, beside another one that has nothing to do with it. */
  function leaves({
    service,
    content = "colour: red",
    labels = { "traefik.enable": "true" },
  }: Variant = {}): ReadonlyMap<string, unknown> {
    const stack = swarmStack();
    const settings = new SwarmConfig(stack, "settings", { content });
    const web = new SwarmService(stack, "web", {
      ...minimalService,
      files: [settings.at("/etc/settings.yml")],
      environment: { COLOUR: "red" },
      ...service,
    });
    web.addLabels(labels);
    new SwarmService(stack, "other", minimalService);
    return new Map(leavesOf(synthesise(stack)));
  }

  function leavesOf(value: unknown, path = ""): [string, unknown][] {
    return typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, part]) => leavesOf(part, path === "" ? key : `${path}.${key}`))
      : [[path, value]];
  }

  /** What is different in the JSON, by its path. */
  function changedBy(variant: Variant): readonly string[] {
    const [before, after] = [leaves(), leaves(variant)];
    return [...new Set([...before.keys(), ...after.keys()])]
      .filter((path) => before.get(path) !== after.get(path))
      .sort();
  }

  const WEB = "resource.docker_service.web";
  const CONTAINER = `${WEB}.task_spec.container_spec`;

  test.each<[string, Variant, readonly string[]]>([
    ["nothing", {}, []],
    ["the image", { service: { image: { ...testImage, reference: "docker.io/a:2" } } }, [`${CONTAINER}.image`]],
    ["an environment variable", { service: { environment: { COLOUR: "blue" } } }, [`${CONTAINER}.env.COLOUR`]],
    ["a label's value", { labels: { "traefik.enable": "false" } }, [`${WEB}.labels.1.value`]],
    [
      "a further label",
      { labels: { "traefik.enable": "true", "traefik.note": "new" } },
      [`${WEB}.labels.2.label`, `${WEB}.labels.2.value`],
    ],
    ["a config's text", { content: "colour: blue" }, ["locals.settings"]],
    [
      "a network",
      { service: { networks: [{ name: "other", id: "other-id" }] } },
      [`${WEB}.task_spec.networks_advanced.0.name`],
    ],
    [
      "a network's alias",
      { service: { networks: [{ ...testNetwork, aliases: ["db"] }] } },
      [`${WEB}.task_spec.networks_advanced.0.aliases.0`],
    ],
    [
      "the limits",
      { service: { limits: { cpus: 1, memory: Memory.mebibytes(64) } } },
      [`${WEB}.task_spec.resources.limits.nano_cpus`],
    ],
    [
      "the start period, by which rollouts are watched and waited for",
      { service: { healthCheck: { command: ["CMD", "true"], startPeriod: Duration.seconds(20) } } },
      [
        `${WEB}.converge_config.timeout`,
        `${WEB}.rollback_config.monitor`,
        `${CONTAINER}.healthcheck.start_period`,
        `${WEB}.update_config.monitor`,
      ],
    ],
  ])("of %s changes nothing else", (_, variant, paths) => {
    expect(changedBy(variant)).toEqual(paths);
  });

  test("of a config's text reaches the service by the config's name", () => {
    const json = leaves();

    expect(json.get("resource.docker_config.settings.name")).toContain("sha256(local.settings)");
    expect(json.get(`${CONTAINER}.configs.0.config_name`)).toBe(interpolated("docker_config.settings.name"));
  });
});
