import { Construct } from "constructs";
import { INFLUXDB_READERS } from "../../config/data/influxdb";
import { isEncrypted, publicUrl } from "../../config/hosts";
import { influxDbPasswordPath } from "../../config/secrets/platform-secrets";
import { HttpRoute } from "../ingress/http-route";
import type { StoredSecrets } from "../secrets/stored-secrets";
import { Duration } from "../swarm/duration";
import type { FileMount } from "../swarm/file-mount";
import { healthCheckOf } from "../swarm/health-check";
import { Memory } from "../swarm/memory";
import { SwarmConfig } from "../swarm/swarm-config";
import { SwarmSecret } from "../swarm/swarm-secret";
import { SwarmService } from "../swarm/swarm-service";
import type { TrustNetworkReferences } from "../swarm/trust-networks";
import { jsonDocument } from "../terraform/json-document";
import { LayerStack } from "../terraform/layer-stack";
import { dashboardsOf } from "./dashboards/dashboards";
import { type DataSourceUrls, grafanaConfiguration, grafanaDataSources } from "./grafana-configuration";
import { MetricsEndpoint } from "./metrics-endpoint";

const LABEL = "grafana";
const PORT = 3000;
const DATA_FOLDER = "/var/lib/grafana";
const PROVISIONING_FOLDER = "/etc/grafana/provisioning";
const DASHBOARDS_FOLDER = "/etc/grafana/dashboards";
const SECRET_KEY_PATH = "/run/secrets/secret-key";
const INFLUXDB_PASSWORD_PATH = "/run/secrets/influxdb-password";
const INFLUXDB_READER = "grafana";

export interface GrafanaProps {
  readonly networks: Pick<TrustNetworkReferences, "ingressOperators" | "metrics">;
  readonly secrets: StoredSecrets;
  readonly urls: DataSourceUrls;
}

/**
 * The page that operators open: what is measured, what is wrong, what was logged. All that it shows is in this
 * repository; what somebody changes there is gone with the next deployment.
 */
export class Grafana extends Construct {
  constructor(scope: Construct, id: string, { networks, secrets, urls }: GrafanaProps) {
    super(scope, id);
    const { environment, images } = LayerStack.of(this);
    const url = publicUrl(environment, LABEL);
    const service = new SwarmService(this, "Resource", {
      image: images.grafana,
      networks: [networks.ingressOperators, networks.metrics],
      files: [
        new SwarmConfig(this, "configuration", {
          content: grafanaConfiguration({
            url,
            port: PORT,
            encrypted: isEncrypted(environment),
            signIn: environment.signIn.kind !== "none",
            dataFolder: DATA_FOLDER,
            provisioningFolder: PROVISIONING_FOLDER,
            homeDashboard: `${DASHBOARDS_FOLDER}/overview.json`,
            secretKeyPath: SECRET_KEY_PATH,
          }),
        }).at("/etc/grafana/grafana.ini"),
        this.json("data-sources", `${PROVISIONING_FOLDER}/datasources/sprocket.yaml`, () =>
          grafanaDataSources({
            ...urls,
            reader: INFLUXDB_READER,
            bucket: INFLUXDB_READERS[INFLUXDB_READER].buckets[0],
            passwordPath: INFLUXDB_PASSWORD_PATH,
          }),
        ),
        this.json("dashboard-provider", `${PROVISIONING_FOLDER}/dashboards/sprocket.yaml`, () => PROVIDER),
        ...dashboardsOf(this).map(({ uid, make }) =>
          this.json(`dashboard-${uid}`, `${DASHBOARDS_FOLDER}/${uid}.json`, make),
        ),
        new SwarmSecret(this, "secret-key", secrets("grafana/secret-key")).at(SECRET_KEY_PATH),
        new SwarmSecret(this, "influxdb-password", secrets(influxDbPasswordPath(INFLUXDB_READER))).at(
          INFLUXDB_PASSWORD_PATH,
        ),
      ],
      // Who has signed in, and what they prefer.
      volumes: [{ name: "data", path: DATA_FOLDER }],
      healthCheck: healthCheckOf(images.grafana, Duration.seconds(60)),
      limits: { cpus: 0.5, memory: Memory.mebibytes(256) },
    });
    new MetricsEndpoint(this, "metrics", {
      service,
      port: PORT,
      keeps: { __name__: "grafana_http_.*|process_.*|go_memstats_.*" },
    });
    new HttpRoute(this, "route", {
      service,
      label: LABEL,
      port: PORT,
      audience: "operators",
      probe: { path: "/api/health", status: 200 },
    });
  }

  private json(id: string, path: string, produce: () => object): FileMount {
    return new SwarmConfig(this, id, { content: jsonDocument(produce) }).at(path);
  }
}

const PROVIDER = {
  apiVersion: 1,
  providers: [{ name: "sprocket", folder: "Sprocket", type: "file", options: { path: DASHBOARDS_FOLDER } }],
};
