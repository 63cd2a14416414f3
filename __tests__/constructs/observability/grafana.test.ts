import { INFLUXDB_READERS } from "../../../config/data/influxdb";
import type { Environment } from "../../../config/schema";
import { Grafana } from "../../../constructs/observability/grafana";
import { dataStack, filesInContainer, secretsOf, settingsIn, storedValue } from "../../support/data";
import { labelsOf, serviceOf } from "../../support/services";
import { environmentNamed, synthesise } from "../../support/testing";

const URLS = { prometheus: "http://prometheus:9090", loki: "http://loki:3100", influxdb: "http://influxdb:8086" };
const CONFIGURATION_PATH = "/etc/grafana/grafana.ini";

function grafana(environment: Environment) {
  const { stack, networks, secrets } = dataStack({ environment });
  new Grafana(stack, "grafana", { networks, secrets, urls: URLS });
  const json = synthesise(stack);
  const files = filesInContainer(json, "grafana");
  const sections: Readonly<Record<string, Readonly<Record<string, string>>>> = Object.fromEntries(
    (files[CONFIGURATION_PATH] ?? "")
      .split(/^(?=\[)/m)
      .map((section) => [/^\[([^\]]+)\]/.exec(section)?.[1] ?? "", settingsIn(section.replace(/^.*\n/, ""), " = ")]),
  );
  return { json, files, sections, service: serviceOf(json, "grafana"), environment };
}

const local = grafana(environmentNamed("local"));
const lan = grafana(environmentNamed("lan"));
const production = grafana(environmentNamed("production"));

/** The path of a file that Grafana reads in a setting's place. */
const fileIn = (setting: unknown) => /^\$__file\{(.+)\}$/.exec(String(setting))?.[1] ?? "";

describe.each([local, lan, production])("on $environment.name", ({ sections, json, files, service }) => {
  const security = sections.security ?? {};

  test("has no administrator with a default password, and no form to try passwords in", () => {
    expect(security.disable_initial_admin_creation).toBe("true");
    expect(sections.auth?.disable_login_form).toBe("true");
    expect(Object.keys(security).filter((name) => name.startsWith("admin_"))).toEqual([]);
  });

  test("lets people in in one way", () => {
    const ways = Object.keys(sections).filter((section) => section.startsWith("auth."));

    expect(ways).toHaveLength(1);
    expect(sections[ways[0] ?? ""]?.enabled).toBe("true");
    expect(sections.users?.allow_sign_up).toBe("false");
  });

  test("reads its secret key and InfluxDB's password from secrets' files", () => {
    const { datasources } = JSON.parse(files["/etc/grafana/provisioning/datasources/sprocket.yaml"] ?? "");
    const influxdb = datasources.find(({ type }: any) => type === "influxdb");

    expect(secretsOf(json, "grafana")).toEqual({
      [fileIn(security.secret_key)]: storedValue("grafana/secret-key"),
      [fileIn(influxdb.secureJsonData.password)]: storedValue("influxdb/grafana-password"),
    });
    expect(service.task_spec.container_spec.env).toBeUndefined();
  });

  test("asks nobody on the internet for anything, and takes no plugin from there", () => {
    expect(sections).toMatchObject({
      analytics: { reporting_enabled: "false", check_for_updates: "false", check_for_plugin_updates: "false" },
      news: { news_feed_enabled: "false" },
      snapshots: { external_enabled: "false" },
      plugins: { preinstall_disabled: "true", plugin_admin_enabled: "false" },
    });
  });

  test("leaves rules and alerts to Prometheus and Alertmanager", () => {
    expect(sections.unified_alerting).toEqual({ enabled: "false" });
  });

  test("is reached by operators alone", () => {
    const labels = labelsOf(service);
    const routers = Object.keys(labels).filter((label) => label.endsWith(".rule"));

    expect(routers).toHaveLength(1);
    expect(labels["traefik.swarm.network"]).toMatch(/-ingress-operators$/);
    expect(service.task_spec.networks_advanced).toEqual([
      { name: "id-of-ingressOperators" },
      { name: "id-of-metrics" },
    ]);
  });

  test("starts with a dashboard that there is, and finds all of them", () => {
    const { providers } = JSON.parse(files["/etc/grafana/provisioning/dashboards/sprocket.yaml"] ?? "");
    const [{ options }] = providers;

    expect(Object.keys(files)).toContain(sections.dashboards?.default_home_dashboard_path);
    expect(sections.dashboards?.default_home_dashboard_path?.startsWith(`${options.path}/`)).toBe(true);
  });

  test("finds its provisioning and its volume where it looks", () => {
    const { data = "", provisioning = "" } = sections.paths ?? {};
    const targets = service.task_spec.container_spec.mounts.map(({ type, target }: any) => [type, target]);

    expect(targets).toContainEqual(["volume", data]);
    expect(Object.keys(files).filter((path) => path.startsWith(`${provisioning}/`))).toHaveLength(2);
  });
});

describe("where operators sign in", () => {
  test.each([lan, production])(
    "it takes Traefik's word for who it is, and nobody else's: $environment.name",
    (there) => {
      expect(there.sections["auth.proxy"]).toEqual({
        enabled: "true",
        header_name: "X-Auth-Request-User",
        header_property: "username",
        auto_sign_up: "true",
      });
      expect(there.sections).not.toHaveProperty(["auth.anonymous"]);
      // Nobody reaches it but by what has asked.
      expect(Object.entries(labelsOf(there.service)).filter(([label]) => label.endsWith(".middlewares"))).toMatchObject(
        [[expect.any(String), "operators@file"]],
      );
    },
  );

  test("whoever is let in may change what is shown", () => {
    expect(production.sections.users).toMatchObject({ auto_assign_org_role: "Admin" });
  });
});

test("where nobody signs in, whoever reaches it may do everything, and no header says who it is", () => {
  expect(local.sections["auth.anonymous"]).toEqual({ enabled: "true", org_role: "Admin" });
  expect(local.sections).not.toHaveProperty(["auth.proxy"]);
});

test.each([
  [local, "http://grafana.localhost/", "false"],
  [lan, "https://grafana.192-168-1-20.sslip.io/", "true"],
  [production, "https://grafana.sprocket.example.org/", "true"],
])(
  "browsers reach it at its public URL, and send its cookie by TLS where there is TLS: $environment.name",
  ({ sections }, url, secure) => {
    expect(sections.server).toEqual({ http_port: "3000", root_url: url });
    expect(sections.security?.cookie_secure).toBe(secure);
  },
);

describe("its data sources", () => {
  const { datasources, prune } = JSON.parse(
    local.files["/etc/grafana/provisioning/datasources/sprocket.yaml"] ?? "",
  ) as any;

  test("are all that it had, and cannot be changed by hand", () => {
    expect(prune).toBe(true);
    expect(datasources.map(({ uid, type, url, access, editable }: any) => [uid, type, url, access, editable])).toEqual([
      ["prometheus", "prometheus", URLS.prometheus, "proxy", false],
      ["loki", "loki", URLS.loki, "proxy", false],
      ["influxdb", "influxdb", URLS.influxdb, "proxy", false],
    ]);
    expect(datasources.filter(({ isDefault }: any) => isDefault)).toMatchObject([{ uid: "prometheus" }]);
  });

  test("read InfluxDB by a name and a password, as somebody who may read what is shown", () => {
    const influxdb = datasources.find(({ uid }: any) => uid === "influxdb");

    expect(influxdb.user).toBe("grafana");
    expect(influxdb.jsonData).toMatchObject({ version: "InfluxQL", dbName: INFLUXDB_READERS.grafana.buckets[0] });
  });
});
