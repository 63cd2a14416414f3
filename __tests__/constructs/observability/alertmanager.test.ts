import type { Environment } from "../../../config/schema";
import { Alertmanager } from "../../../constructs/observability/alertmanager";
import { ruleGroupsOf } from "../../../constructs/observability/rules/rules";
import { dataStack, filesInContainer, secretsOf, storedValue } from "../../support/data";
import { parseExpression } from "../../support/expressions";
import { MADE_UP_SECRETS } from "../../support/secrets";
import { labelsOf, serviceOf } from "../../support/services";
import { environmentLike, environmentNamed, synthesise } from "../../support/testing";

const CONFIGURATION_PATH = "/etc/alertmanager/alertmanager.yml";
const STAND_IN = "http://172.17.0.1:5000";
const WEBHOOK = "alerts/discord-webhook";
const HEARTBEAT = "alerts/heartbeat-url";

function alertmanager(environment: Environment) {
  const { stack, networks, secrets } = dataStack({ environment });
  const { address } = new Alertmanager(stack, "alertmanager", { networks, secrets });
  const json = synthesise(stack);
  const configuration = JSON.parse(filesInContainer(json, "alertmanager")[CONFIGURATION_PATH] ?? "");
  const alerts = ruleGroupsOf(stack).flatMap(({ rules }) => rules.flatMap((rule) => ("alert" in rule ? [rule] : [])));
  return { address, json, configuration, alerts, service: serviceOf(json, "alertmanager") };
}

const silent = alertmanager(environmentNamed("local"));
const told = alertmanager(environmentNamed("production"));
const diverted = alertmanager(environmentLike("local", { alerts: { kind: "discord", standIn: STAND_IN } }));

/** Every receiver that a route names, in it or below it. */
function receiversNamed({ receiver, routes = [] }: any): readonly string[] {
  return [receiver, ...routes.flatMap(receiversNamed)];
}

describe.each([
  { what: "who tells nobody", of: silent },
  { what: "who tells people", of: told },
])("$what", ({ of: { configuration, service } }) => {
  test("names no receiver that there is not, and has none that is not named", () => {
    const names = configuration.receivers.map(({ name }: any) => name);

    expect([...new Set(receiversNamed(configuration.route))].sort()).toEqual([...names].sort());
  });

  test("is alone, and asks for no others", () => {
    expect(service.task_spec.container_spec.args).toContain("--cluster.listen-address=");
    expect(service.mode).toEqual({ replicated: { replicas: 1 } });
  });

  test("remembers silences on a volume", () => {
    const { args, mounts } = service.task_spec.container_spec;
    const [folder] = args.flatMap((arg: string) => /^--storage\.path=(.*)$/.exec(arg)?.[1] ?? []);

    expect(mounts.map(({ type, target }: any) => [type, target])).toContainEqual(["volume", folder]);
  });
});

describe("where nobody is told", () => {
  test("there is nobody to tell, and no secret", () => {
    expect(silent.configuration.receivers).toEqual([{ name: "nobody" }]);
    expect(silent.service.task_spec.container_spec.secrets).toEqual([]);
  });
});

describe("where people are told", () => {
  const { configuration, json, service } = told;
  const receiver = (name: string) => configuration.receivers.find((each: any) => each.name === name);
  const [heartbeat, urgent] = configuration.route.routes;

  test("it is by Discord, at an address that is read from a file", () => {
    const [discord] = receiver("operators").discord_configs;

    expect(configuration.route.receiver).toBe("operators");
    expect(secretsOf(json, "alertmanager")[discord.webhook_url_file]).toBe(storedValue(WEBHOOK));
    expect(discord).toMatchObject({ send_resolved: true, username: "Sprocket production" });
    expect(discord).not.toHaveProperty("webhook_url");
  });

  test("what is critical calls them, and is told again sooner", () => {
    expect(urgent).toMatchObject({
      matchers: ['severity="critical"'],
      receiver: "operators-now",
      repeat_interval: "4h",
    });
    expect(receiver("operators-now").discord_configs).toEqual([
      // Nobody is called for what is over.
      { ...receiver("operators").discord_configs[0], content: '{{ if eq .Status "firing" }}@here{{ end }}' },
    ]);
  });

  test("the heartbeat goes to whoever expects it and to nobody else, every few minutes, at an address from a file", () => {
    const [webhook] = receiver("heartbeat").webhook_configs;

    expect(heartbeat).toMatchObject({
      matchers: ['alertname="Heartbeat"'],
      receiver: "heartbeat",
      repeat_interval: "4m",
    });
    expect(heartbeat).not.toHaveProperty("continue");
    // Alertmanager looks only as often whether it is time.
    expect(heartbeat.group_interval).toBe("1m");
    expect(webhook).toEqual({ url_file: expect.any(String), send_resolved: false });
    expect(secretsOf(json, "alertmanager")[webhook.url_file]).toBe(storedValue(HEARTBEAT));
  });

  test("both addresses are secrets of its own, and nowhere else", () => {
    const paths = service.task_spec.container_spec.secrets.map((secret: any) => secret.file_name);
    const { docker_secret: _, ...others } = json.resource ?? {};

    expect(paths).toEqual(["/run/secrets/discord-webhook", "/run/secrets/heartbeat-url"]);
    expect(JSON.stringify([others, json.locals, json.output])).not.toMatch(/\.data\[/);
    expect(JSON.stringify(json)).not.toMatch(/https:\/\/discord|api\/webhooks/);
  });

  test("it is told what to do, by the address of the alert's paragraph", () => {
    expect(receiver("operators").discord_configs[0].message).toContain("{{ .CommonAnnotations.runbook_url }}");
    expect(configuration.route.group_by).toEqual(["alertname"]);
  });
});

describe("where something stands in for Discord", () => {
  test.each([
    ["/run/secrets/discord-webhook", WEBHOOK, `${STAND_IN}/api/webhooks/${"1".repeat(18)}/${"a".repeat(68)}`],
    ["/run/secrets/heartbeat-url", HEARTBEAT, `${STAND_IN}/ping/aaaaaaaa`],
  ] as const)("%s has another origin and the same path", (path, secret, expected) => {
    const expression = parseExpression(secretsOf(diverted.json, "alertmanager")[path] ?? "");
    const [value, pattern, replacement] = expression.kind === "call" ? expression.args : [];
    const text = (each: typeof value) => (each?.kind === "literal" ? String(each.value) : "");

    expect(expression).toMatchObject({ kind: "call", name: "replace" });
    expect(value).toEqual(parseExpression(storedValue(secret)));
    // Terraform takes what is between slashes for a regular expression.
    expect(text(pattern)).toMatch(/^\/.*\/$/);
    expect(MADE_UP_SECRETS[secret].replace(new RegExp(text(pattern).slice(1, -1)), text(replacement))).toBe(expected);
  });

  test("it is told the same as Discord would be", () => {
    const { configuration } = alertmanager(environmentLike("local", { alerts: { kind: "discord" } }));

    expect(diverted.configuration).toEqual(configuration);
  });
});

describe("what follows from another alert is not told beside it:", () => {
  const { configuration, alerts } = told;
  const names = alerts.map(({ alert }) => alert);
  const valuesOf = (matchers: readonly string[], label: string) =>
    matchers.flatMap((matcher) => new RegExp(`^${label}=~?"(.*)"$`).exec(matcher)?.[1]?.split("|") ?? []);
  const rules = configuration.inhibit_rules.map((rule: any) => ({
    causes: valuesOf(rule.source_matchers, "alertname"),
    effects: valuesOf(rule.target_matchers, "alertname"),
    ...rule,
  }));

  test("a service's other alerts where it is down", () => {
    expect(rules[0]).toMatchObject({ causes: ["ServiceDown"], equal: ["service"] });
    expect(rules[0].effects).toEqual(expect.arrayContaining(["MetricsMissing", "MonitoringBlind", "VaultSealed"]));
  });

  test("a warning where the same thing is critical, and not where it is another disk's, certificate's or queue's", () => {
    expect(rules[1]).toMatchObject({
      source_matchers: ['severity="critical"'],
      target_matchers: ['severity="warning"'],
      equal: ["about", "instance", "holds", "cn", "queue"],
    });
  });

  test("of alerts that there are", () => {
    expect(
      rules
        .flatMap(({ causes, effects }: any) => [...causes, ...effects])
        .filter((name: string) => !names.includes(name)),
    ).toEqual([]);
  });

  test("and the heartbeat, where nothing else can be told: who expects it tells people when it stops", () => {
    expect(rules[2]).toMatchObject({
      causes: ["AlertsUndelivered"],
      source_matchers: ['alertname="AlertsUndelivered"', 'integration="discord"'],
      effects: ["Heartbeat"],
    });
    expect(rules[2]).not.toHaveProperty("equal");
  });

  test("and by nothing else the heartbeat", () => {
    const heartbeat = alerts.find(({ alert }) => alert === "Heartbeat");
    const about = heartbeat?.about ?? heartbeat?.alert;

    expect(heartbeat).toBeDefined();
    expect(rules.filter(({ effects }: any) => effects.includes("Heartbeat"))).toHaveLength(1);
    expect(alerts.filter((each) => each.severity === "critical" && (each.about ?? each.alert) === about)).toEqual([]);
  });
});

test("is shown to operators, and asked by Prometheus", () => {
  expect(told.address).toBe("sprocket-production-alertmanager:9093");
  expect(told.service.task_spec.networks_advanced).toEqual([
    { name: "id-of-ingressOperators" },
    { name: "id-of-metrics" },
  ]);
  expect(labelsOf(told.service)).toMatchObject({
    "traefik.http.routers.sprocket-production-alerts.rule": "Host(`alerts.sprocket.example.org`)",
    "traefik.http.routers.sprocket-production-alerts.middlewares": "operators@file",
  });
});
