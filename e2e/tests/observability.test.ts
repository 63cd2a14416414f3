import { setTimeout as sleep } from "node:timers/promises";
import { brokerNames, RABBITMQ_VIRTUAL_HOST } from "../../config/data/rabbitmq";
import { environment } from "../environment";
import { WATCHERS } from "../images";
import { NOTICES_LABEL } from "../stacks/outside-world";
import { mustRun } from "../support/command";
import { panelQueries } from "../support/dashboards";
import { deployApplications } from "../support/deployment";
import { describeWith } from "../support/describe-with";
import { eventually } from "../support/eventually";
import { ask, askHost } from "../support/http";
import { linesOf, streams } from "../support/loki";
import { heartbeats, type Message, messages, print } from "../support/notices";
import { alerts, query, rules } from "../support/prometheus";
import { measured } from "../support/report";
import { containersOf, engine, killContainersOf } from "../support/swarm";
import { Terraform } from "../support/terraform";
import { Vault } from "../support/vault";

/** Grafana cannot be had where these tests run: its queries are asked without it. */
const RUNNING_WATCHERS = WATCHERS.filter((key) => key !== "grafana");
/** Panels of what does not happen here: errors that a log names as such, certificates, a question to Redis every minute. */
const MAY_BE_EMPTY = [
  "Applications, Answered with an error",
  "Applications, Errors",
  "Ingress, First certificate expires in",
  "Ingress, Certificates expire in",
  "Overview, Alerts",
  "Redis, Asked for what is there",
];
const LONGEST_LOG_SECONDS = 10;
const MINUTE = 60_000;

const layer2 = new Terraform("e2e-layer-2");
const named = (service: string) => `${environment.prefix}-${service}`;
const scale = (service: string, replicas: number) =>
  mustRun("docker", ["service", "scale", "--detach", `${named(service)}=${replicas}`]);

describeWith(...RUNNING_WATCHERS)("what watches", () => {
  beforeAll(async () => {
    await deployApplications();
    await eventually("everything was measured", 120, async () => {
      // The rates of a minute need two measurements of what was deployed last.
      const measured = await query('count_over_time(docker_container_mem_usage_percent{service="web"}[1m]) > 2');
      return measured.length > 0 && (await query("up == 0")).length === 0;
    });
  });

  test("every endpoint is read, and every collector delivers", async () => {
    const jobs = (await query("up == 1")).map(({ metric }) => metric.job).sort();
    expect(jobs).toEqual([
      "alertmanager",
      "data-metrics",
      "grafana",
      "influxdb",
      "log-collector",
      "loki",
      "node-metrics",
      "prometheus",
      "rabbitmq",
      "rabbitmq-queues",
      "status-page",
      "traefik",
      "vault",
    ]);
    for (const metric of [
      ...["cpu_usage_idle", "mem_available_percent", "disk_used_percent", "net_bytes_recv"],
      ...['docker_container_mem_usage_percent{service="web"}', 'docker_swarm_tasks_running{service="api"}'],
      ...["postgresql_numbackends", "redis_used_memory", 'gatus_results_endpoint_success{group="public"}'],
    ]) {
      expect({ metric, series: (await query(metric)).length }).not.toMatchObject({ series: 0 });
    }
  });

  test("every rule can be looked at", async () => {
    expect((await rules()).filter(({ health }) => health !== "ok")).toEqual([]);
  });

  test("what a container prints is in Loki soon, without passwords", async () => {
    const mark = `mark-${Date.now()}`;
    await print(`${mark} amqp://core:hunter2@broker:5672/sprocket`);
    const seconds = await eventually("the line is in Loki", LONGEST_LOG_SECONDS, async () => {
      return (await linesOf("notices", mark)).length === 1;
    });
    measured("a container's line in Loki after", `${seconds.toFixed(1)} s`);
    const [line = ""] = await linesOf("notices", mark);
    expect(line.trim()).toBe(`${mark} amqp://redacted@broker:5672/sprocket`);
  });

  test("without Loki and the collectors everything else goes on, and what was printed meanwhile is kept", async () => {
    const gone = ["loki", "log-collector", "node-metrics", "data-metrics"];
    const mark = `meanwhile-${Date.now()}`;
    await Promise.all(gone.map((service) => scale(service, 0)));
    try {
      await print(mark);
      await killContainersOf("web");
      await mustRun("docker", ["service", "update", "--force", "--detach=false", named("web")], {
        timeoutSeconds: 120,
      });
      await print(mark);
    } finally {
      await Promise.all(gone.map((service) => scale(service, 1)));
    }
    await eventually("both lines are in Loki", 120, async () => (await linesOf("notices", mark)).length === 2);
  });

  describe("alerts", () => {
    const began = new Map<string, number>();
    const firing = async (name: string) =>
      (await alerts()).some(({ state, labels }) => state === "firing" && labels.alertname === name);
    const begin = (...names: string[]) => names.map((name) => began.set(name, Date.now()));
    const goOn = { slow: true, loop: true };

    /** Waits until people were told of something, and notes how long it took since the fault. */
    async function told(name: string, minutes: number, text: string): Promise<Message> {
      const since = began.get(name) ?? 0;
      let message: Message | undefined;
      await eventually(`${name} was told`, minutes * 60, async () => {
        message = (await messages()).find(
          (each) => each.at >= since && each.title.endsWith(`: ${name}`) && each.text.includes(text),
        );
        return message !== undefined;
      });
      const { at } = message as Message;
      measured(`alert ${name}, told after`, `${((at - since) / 1000).toFixed(0)} s`);
      return message as Message;
    }

    beforeAll(async () => {
      begin("Heartbeat");
      const password = await passwordOf("rabbitmq/administrator-password");
      begin("ServiceDown");
      await scale("replay-parser", 0);
      await eventually("nobody reads the queue", 60, async () => await isGone("replay-parser"));
      begin("QueueUnread");
      await publish(brokerNames(environment).queues.celery, password);
      begin("VaultSealed");
      await scale("vault-bootstrap", 0);
      const [vault] = await containersOf("vault");
      await engine.getContainer(vault as string).kill();
      begin("AnswersSlow", "ErrorsMany", "ContainersRestart");
      void whileTrue(
        () => goOn.slow,
        async () => {
          await Promise.all([askNotices("/slow"), askNotices("/slow"), askNotices("/fail")]);
          await sleep(300);
        },
      );
      void whileTrue(
        () => goOn.loop,
        async () => {
          await killContainersOf("matchmaking").catch(() => {});
          await sleep(8000);
        },
      );
    });

    afterAll(async () => {
      goOn.slow = false;
      goOn.loop = false;
      await Promise.all([scale("replay-parser", 1), scale("vault-bootstrap", 1)]);
    });

    test("the heartbeat goes out", async () => {
      await eventually("a heartbeat", 5 * 60, async () => (await heartbeats()).some((at) => at >= Date.now() - MINUTE));
    });

    test.each([
      ["ServiceDown", 4, "replay-parser has fewer containers that are well than it should have."],
      ["VaultSealed", 4, "Vault is sealed"],
      ["ContainersRestart", 6, "matchmaking was started again"],
      ["ErrorsMany", 7, "notices"],
      ["QueueUnread", 8, "e2e-celery"],
      ["AnswersSlow", 12, "notices"],
    ])(
      "%s is told",
      async (name, minutes, text) => {
        const message = await told(name, minutes, text);
        expect(message.text).toContain(`monitoring.md#${name.toLowerCase()}`);
        expect(message.calls).toBe(name !== "AnswersSlow");
      },
      13 * MINUTE,
    );

    test(
      "each clears once its fault is mended",
      async () => {
        goOn.slow = false;
        goOn.loop = false;
        await Promise.all([scale("replay-parser", 1), scale("vault-bootstrap", 1)]);
        const mended = Date.now();
        for (const name of [
          "ServiceDown",
          "VaultSealed",
          "QueueUnread",
          "ErrorsMany",
          "AnswersSlow",
          "ContainersRestart",
        ]) {
          await eventually(`${name} is over`, 20 * 60, async () => !(await firing(name)));
          measured(`alert ${name}, over after`, `${((Date.now() - mended) / 1000).toFixed(0)} s`);
        }
        await eventually("people were told that Vault is well again", 6 * 60, async () =>
          (await messages()).some(({ at, title }) => at >= mended && title === "resolved: VaultSealed"),
        );
      },
      30 * MINUTE,
    );
  });

  test("every panel shows something", async () => {
    const empty: string[] = [];
    for (const { panel, source, expression } of panelQueries()) {
      const found =
        source === "loki"
          ? await streams(`query_range?query=${encodeURIComponent(expression)}&since=1h`)
          : await query(expression);
      if (found.length === 0 && !MAY_BE_EMPTY.includes(panel)) {
        empty.push(`${panel}: ${expression}`);
      }
    }
    expect(empty).toEqual([]);
  });

  test("nothing is left to do: the second plan is empty", async () => {
    expect((await layer2.plan()).exitCode).toBe(0);
  });
});

/** What Vault keeps, as whoever deploys reads it. */
async function passwordOf(path: string): Promise<string> {
  const layer1 = new Terraform("e2e-layer-1");
  const door = new Vault((options) => ask({ ...options, port: environment.ports.vault }));
  const deployer = await door.signIn(await layer1.output("vault_username"), await layer1.output("vault_password"));
  const { data } = await deployer.call<{ data: { data: { value: string } } }>("GET", `secret/data/${path}`);
  return data.data.value;
}

async function isGone(service: string): Promise<boolean> {
  return (await containersOf(service).catch(() => [])).length === 0;
}

/** Puts a message into a queue, as the broker's administrator. */
async function publish(queue: string, password: string): Promise<void> {
  const { status } = await askHost("rabbitmq", {
    method: "POST",
    path: `/api/exchanges/${RABBITMQ_VIRTUAL_HOST}/amq.default/publish`,
    headers: { authorization: `Basic ${Buffer.from(`administrator:${password}`).toString("base64")}` },
    json: { properties: {}, routing_key: queue, payload: "{}", payload_encoding: "string" },
  });
  expect(status).toBe(200);
}

const askNotices = (path: string) => askHost(NOTICES_LABEL, { path }).catch(() => undefined);

async function whileTrue(condition: () => boolean, action: () => Promise<void>): Promise<void> {
  while (condition()) {
    await action();
  }
}
