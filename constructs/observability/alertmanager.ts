import { Fn } from "cdktf";
import { Construct } from "constructs";
import { publicUrl } from "../../config/hosts";
import type { SecretPath } from "../../config/secrets/catalogue";
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
import { LayerStack } from "../terraform/layer-stack";
import { alertmanagerConfiguration, DISCORD_WEBHOOK_PATH, HEARTBEAT_URL_PATH } from "./alertmanager-configuration";
import { MetricsEndpoint } from "./metrics-endpoint";

const LABEL = "alerts";
const PORT = 9093;
const CONFIGURATION_PATH = "/etc/alertmanager/alertmanager.yml";
const DATA_FOLDER = "/alertmanager";
/** Scheme and host of a URL, as a regular expression of Terraform's. */
const ORIGIN = "/^https://[^/]+/";

export interface AlertmanagerProps {
  readonly networks: Pick<TrustNetworkReferences, "ingressOperators" | "metrics">;
  readonly secrets: StoredSecrets;
}

/**
 * Tells people what Prometheus found wrong: once, together with what belongs to it, and again when it is well. Where
 * an alert is expected they silence it here.
 */
export class Alertmanager extends Construct {
  /** `host:port` for services on its networks. */
  readonly address: string;

  constructor(scope: Construct, id: string, { networks, secrets }: AlertmanagerProps) {
    super(scope, id);
    const { environment, images } = LayerStack.of(this);
    const content = JSON.stringify(alertmanagerConfiguration(environment), null, 2);
    const service = new SwarmService(this, "Resource", {
      image: images.alertmanager,
      networks: [networks.ingressOperators, networks.metrics],
      args: [
        `--config.file=${CONFIGURATION_PATH}`,
        `--storage.path=${DATA_FOLDER}`,
        `--web.external-url=${publicUrl(environment, LABEL)}`,
        // There is no other one to agree with.
        "--cluster.listen-address=",
      ],
      files: [new SwarmConfig(this, "configuration", { content }).at(CONFIGURATION_PATH), ...this.addresses(secrets)],
      // Silences, and what was told already.
      volumes: [{ name: "data", path: DATA_FOLDER }],
      healthCheck: healthCheckOf(images.alertmanager, Duration.seconds(15)),
      limits: { cpus: 0.1, memory: Memory.mebibytes(64) },
    });
    this.address = service.address(PORT);
    new MetricsEndpoint(this, "metrics", { service, port: PORT });
    new HttpRoute(this, "route", {
      service,
      label: LABEL,
      port: PORT,
      audience: "operators",
      probe: { path: "/-/ready", status: 200 },
    });
  }

  /** Whoever knows one of them may write there, so they are secrets. */
  private addresses(secrets: StoredSecrets): readonly FileMount[] {
    const { alerts } = LayerStack.of(this).environment;
    if (alerts.kind === "none") {
      return [];
    }
    const { standIn } = alerts;
    const addressOf = (id: string, path: SecretPath) => {
      const { value, version } = secrets(path);
      return new SwarmSecret(this, id, {
        value: standIn === undefined ? value : Fn.replace(value, ORIGIN, standIn),
        version,
      });
    };
    return [
      addressOf("discord-webhook", "alerts/discord-webhook").at(DISCORD_WEBHOOK_PATH),
      addressOf("heartbeat-url", "alerts/heartbeat-url").at(HEARTBEAT_URL_PATH),
    ];
  }
}
