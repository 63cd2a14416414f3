import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StateResource } from "../../ops/terraform/workspace";

type Attributes = Readonly<Record<string, any>>;

const NANO = 1e9;

/**
 * Writes a compose file that is equal to what layers deployed, for `docker stack deploy`.
 *
 * @param resources the layers' states, together
 * @param folder for the file, and for the contents of secrets and configs
 * @returns the file's path
 */
export function writeCompose(resources: readonly StateResource[], folder: string): string {
  const of = (type: string) =>
    resources
      .filter((it) => it.type === type)
      .flatMap(({ instances }) => instances.map((it): Attributes => it.attributes));
  const networks = new Map(of("docker_network").map(({ id, name }) => [id, name]));
  const services = of("docker_service");
  const contents = (type: string) =>
    Object.fromEntries(
      of(type).map(({ name, data }) => {
        const file = join(folder, `${type}-${name}`);
        writeFileSync(file, Buffer.from(data, "base64"), { mode: 0o600 });
        return [name, { name, file }];
      }),
    );
  const document = {
    services: Object.fromEntries(services.map((service) => [service.name, escaped(serviceOf(service, networks))])),
    networks: Object.fromEntries(
      of("docker_network")
        .filter(({ driver }) => driver === "overlay")
        .map(({ name, driver, attachable, internal }) => [name, { name, driver, attachable, internal }]),
    ),
    secrets: contents("docker_secret"),
    configs: contents("docker_config"),
    volumes: Object.fromEntries(services.flatMap(volumesOf).map((name) => [name, { name }])),
  };
  const path = join(folder, "compose.json");
  writeFileSync(path, JSON.stringify(document, null, 2), { mode: 0o600 });
  return path;
}

function serviceOf(service: Attributes, networks: ReadonlyMap<string, string>) {
  const [task] = service.task_spec;
  const [container] = task.container_spec;
  const [health] = container.healthcheck;
  const [log] = task.log_driver;
  return {
    image: container.image,
    entrypoint: given(container.command),
    command: given(container.args),
    working_dir: container.dir || undefined,
    environment: container.env,
    user: container.user || undefined,
    read_only: container.read_only,
    cap_add: container.cap_add,
    cap_drop: container.cap_drop,
    sysctls: container.sysctl,
    extra_hosts: container.hosts.map(({ host, ip }: Attributes) => `${host}:${ip}`),
    stop_grace_period: container.stop_grace_period,
    volumes: container.mounts.map(mountOf),
    secrets: container.secrets.map((file: Attributes) => fileOf(file, file.secret_name)),
    configs: container.configs.map((file: Attributes) => fileOf(file, file.config_name)),
    healthcheck: health && {
      test: health.test,
      interval: health.interval,
      timeout: health.timeout,
      retries: health.retries,
      start_period: health.start_period,
    },
    logging: { driver: log.name, options: log.options },
    networks: Object.fromEntries(
      task.networks_advanced.map(({ name, aliases }: Attributes) => [
        networks.get(name),
        // By its full name, because a stack would put its own before it.
        { aliases: [...new Set([service.name, ...aliases])] },
      ]),
    ),
    ports: service.endpoint_spec[0].ports.map(
      ({ target_port, published_port, protocol, publish_mode }: Attributes) => ({
        target: target_port,
        published: published_port,
        protocol,
        mode: publish_mode,
      }),
    ),
    deploy: deploymentOf(service),
  };
}

function deploymentOf({ mode: [mode], endpoint_spec, labels, task_spec: [task], ...service }: Attributes) {
  const [limits] = task.resources[0].limits;
  const [restart] = task.restart_policy;
  return {
    ...(mode.global ? { mode: "global" } : { mode: "replicated", replicas: mode.replicated[0].replicas }),
    endpoint_mode: endpoint_spec[0].mode,
    labels: Object.fromEntries(labels.map(({ label, value }: Attributes) => [label, value])),
    placement: { constraints: task.placement[0].constraints },
    resources: { limits: { cpus: `${limits.nano_cpus / NANO}`, memory: `${limits.memory_bytes}` } },
    restart_policy: { condition: restart.condition, delay: restart.delay },
    update_config: rolloutOf(service.update_config[0]),
    rollback_config: rolloutOf(service.rollback_config[0]),
  };
}

function rolloutOf({ parallelism, delay, failure_action, monitor, max_failure_ratio, order }: Attributes) {
  return { parallelism, delay, failure_action, monitor, max_failure_ratio: Number(max_failure_ratio), order };
}

function mountOf({ type, source, target, read_only }: Attributes) {
  return { type, source: source || undefined, target, read_only };
}

function fileOf({ file_name, file_uid, file_gid, file_mode }: Attributes, source: string) {
  return { source, target: file_name, uid: file_uid, gid: file_gid, mode: file_mode };
}

function volumesOf({ task_spec: [task] }: Attributes): readonly string[] {
  return task.container_spec[0].mounts
    .filter(({ type }: Attributes) => type === "volume")
    .map(({ source }: Attributes) => source);
}

function given(words: readonly string[] | null): readonly string[] | undefined {
  return words === null || words.length === 0 ? undefined : words;
}

/** Without what was not given, and with a dollar sign doubled, which begins a variable. */
function escaped<T>(value: T): T {
  const text = JSON.stringify(value, (_, part: unknown) => part ?? undefined);
  return JSON.parse(text.replaceAll("$", "$$$$")) as T;
}
