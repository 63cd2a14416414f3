import { iniFile } from "../swarm/ini-file";
import { MEASURED_EVERY } from "./prometheus-configuration";

/** Where Grafana finds what it shows. */
export interface DataSourceUrls {
  readonly prometheus: string;
  readonly loki: string;
  readonly influxdb: string;
}

/** What its dashboards call its data sources. */
export const DATA_SOURCES = { prometheus: "prometheus", loki: "loki", influxdb: "influxdb" } as const;

interface GrafanaConfigurationProps {
  readonly url: string;
  readonly port: number;
  readonly encrypted: boolean;
  /** Whether operators must have signed in before they reach it. */
  readonly signIn: boolean;
  readonly dataFolder: string;
  readonly provisioningFolder: string;
  readonly homeDashboard: string;
  readonly secretKeyPath: string;
}

/** What Grafana is told, in its own terms. */
export function grafanaConfiguration(props: GrafanaConfigurationProps): string {
  return iniFile({
    paths: { data: props.dataFolder, provisioning: props.provisioningFolder },
    server: { http_port: props.port, root_url: `${props.url}/` },
    security: {
      // Nobody has a password here.
      disable_initial_admin_creation: true,
      secret_key: `$__file{${props.secretKeyPath}}`,
      cookie_secure: props.encrypted,
    },
    auth: { disable_login_form: true },
    ...(props.signIn
      ? {
          // Traefik lets nobody through who has not signed in, and says who it is.
          "auth.proxy": {
            enabled: true,
            header_name: "X-Auth-Request-User",
            header_property: "username",
            auto_sign_up: true,
          },
        }
      : { "auth.anonymous": { enabled: true, org_role: "Admin" } }),
    users: { auto_assign_org_role: "Admin", allow_sign_up: false },
    dashboards: { default_home_dashboard_path: props.homeDashboard },
    // Prometheus looks at the rules, and Alertmanager tells.
    unified_alerting: { enabled: false },
    analytics: { reporting_enabled: false, check_for_updates: false, check_for_plugin_updates: false },
    news: { news_feed_enabled: false },
    snapshots: { external_enabled: false },
    plugins: { preinstall_disabled: true, plugin_admin_enabled: false },
    log: { mode: "console", level: "warn" },
  });
}

/** Grafana's data sources, in its own terms. */
export function grafanaDataSources(
  props: DataSourceUrls & { readonly reader: string; readonly bucket: string; readonly passwordPath: string },
): object {
  return {
    apiVersion: 1,
    prune: true,
    datasources: [
      {
        ...source("prometheus", props.prometheus),
        isDefault: true,
        jsonData: { httpMethod: "POST", timeInterval: MEASURED_EVERY.toString() },
      },
      source("loki", props.loki),
      {
        ...source("influxdb", props.influxdb),
        user: props.reader,
        jsonData: { version: "InfluxQL", dbName: props.bucket, httpMode: "POST" },
        secureJsonData: { password: `$__file{${props.passwordPath}}` },
      },
    ],
  };
}

function source(type: keyof typeof DATA_SOURCES, url: string) {
  return { uid: DATA_SOURCES[type], name: DATA_SOURCES[type], type, access: "proxy", url, editable: false };
}
