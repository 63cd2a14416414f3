import { parse } from "smol-toml";
import { Telegraf, type TelegrafProps } from "../../../constructs/observability/telegraf";
import { SwarmSecret } from "../../../constructs/swarm/swarm-secret";
import { dataStack, filesInContainer, secretsOf, storedValue } from "../../support/data";
import { serviceOf } from "../../support/services";
import { synthesise } from "../../support/testing";

const CONFIGURATION_PATH = "/etc/telegraf/telegraf.conf";

function telegraf(changes: Partial<TelegrafProps> = {}) {
  const { stack, networks, secrets } = dataStack();
  const secretPlugins = new SwarmSecret(stack, "plugins", { value: secrets("redis/password").value });
  new Telegraf(stack, "telegraf", {
    networks: [networks.metrics],
    plugins: { inputs: { cpu: [{ percpu: false }] } },
    ...("secretPlugins" in changes ? { secretPlugins } : {}),
  });
  const json = synthesise(stack);
  const service = serviceOf(json, "telegraf");
  return { json, service, text: filesInContainer(json, "telegraf")[CONFIGURATION_PATH] ?? "" };
}

const { service, text } = telegraf();
const configuration: any = parse(text);

test("measures what it is told to, and answers Prometheus with what is newest", () => {
  expect(configuration.inputs).toEqual({ cpu: [{ percpu: false }] });
  expect(configuration.agent).toMatchObject({ interval: "15s", flush_interval: "1s" });
  expect(configuration.outputs.prometheus_client).toMatchObject([{ listen: ":9273", expiration_interval: "45s" }]);
});

test("is not named after its container, which is another after each update", () => {
  expect(configuration.agent.omit_hostname).toBe(true);
});

test("reads one configuration", () => {
  expect(service.task_spec.container_spec.args).toEqual(["--config", CONFIGURATION_PATH]);
  expect(service.task_spec.container_spec.secrets).toEqual([]);
});

test("reads what has a secret in it from a secret's file beside it", () => {
  const { json, service } = telegraf({ secretPlugins: undefined });
  const { args } = service.task_spec.container_spec;

  expect(args).toEqual(["--config", CONFIGURATION_PATH, "--config", "/run/secrets/telegraf.conf"]);
  expect(secretsOf(json, "telegraf")).toEqual({ [args[3]]: storedValue("redis/password") });
});
