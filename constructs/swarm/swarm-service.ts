import { Service, type ServiceConfig } from "@cdktf/provider-docker/lib/service";
import { Annotations, conditional, Fn, type IResolvable, Lazy, TerraformLocal, Token } from "cdktf";
import { Construct } from "constructs";
import { type Image, isPinned } from "../../config/images/image";
import { constraintTo, nodesOf } from "../../config/nodes";
import { LayerStack } from "../terraform/layer-stack";
import { literal } from "../terraform/literal";
import { validate } from "../terraform/validation";
import { containerSpecOf } from "./container-spec";
import { Duration } from "./duration";
import { settled } from "./health-check";
import type { NetworkReference } from "./network-reference";
import { Rollout } from "./rollout";
import type { PublishedPort, SwarmServiceProps } from "./swarm-service-props";
import { swarmServiceRules } from "./swarm-service-rules";

/** The label by which an environment's Traefik tells its own services from another's on the same Swarm. */
export const ENVIRONMENT_LABEL = "sprocket.environment";
const NO_HEALTH_CHECK_LABEL = "sprocket.no-health-check";

/** How long a container may take to end after SIGTERM, unless a service says otherwise. */
const DEFAULT_STOP_GRACE_PERIOD = Duration.seconds(10);
const DEFAULT_REPLICAS = 1;
const DEFAULT_RESTART_DELAY = Duration.seconds(5);
const NANO = 1e9;
const REVISION_LENGTH = 12;
const SPECIFICATION = "specification";
/** The label of a container that names its service, which Swarm sets. */
export const SERVICE_NAME_LABEL = "com.docker.swarm.service.name";
/** So that one container's logs fill no disk, and each line says whose it is. */
const LOG_OPTIONS = { "max-size": "10m", "max-file": "3", labels: SERVICE_NAME_LABEL };

/**
 * A service of the Swarm with the house's defaults: checked, limited, rolled back when it fails,
 * with rotated logs, without capabilities and on a read-only root.
 *
 * Whatever the Docker API echoes is written out, so that a second plan is empty.
 */
export class SwarmService extends Construct {
  /** Its name in the Swarm, by which services on its networks reach it. */
  readonly serviceName: string;
  /** The same without the environment's prefix: what it is called in metrics and logs. */
  readonly shortName: string;
  readonly networks: readonly NetworkReference[];
  readonly image: Image;
  /** How many containers, where they are not off. */
  readonly replicas: number | "global";
  /** Whether something that only a deployment knows may switch it off. */
  readonly mayBeOff: boolean;
  readonly publishedPorts: readonly PublishedPort[];
  readonly limits: SwarmServiceProps["limits"];
  /** The provider's resource. */
  readonly resource: Service;
  private readonly labels = new Map<string, string>();
  private readonly taskSpec: ServiceConfig["taskSpec"];

  /**
   * @throws FaultsError with everything that is wrong with the properties
   */
  constructor(scope: Construct, id: string, props: SwarmServiceProps) {
    super(scope, id);
    validate(this, swarmServiceRules(props));
    const stack = LayerStack.of(this);
    this.serviceName = stack.swarmName(this);
    this.shortName = this.serviceName.slice(stack.environment.prefix.length + 1);
    this.networks = props.networks;
    this.image = props.image;
    this.replicas = props.replicas ?? DEFAULT_REPLICAS;
    this.mayBeOff = props.offWhen !== undefined;
    this.publishedPorts = props.publishedPorts ?? [];
    this.limits = props.limits;
    this.addLabels({
      [ENVIRONMENT_LABEL]: stack.environment.prefix,
      ...("none" in props.healthCheck ? { [NO_HEALTH_CHECK_LABEL]: props.healthCheck.none } : {}),
    });
    const config = this.serviceConfig(props);
    this.resource = new Service(this, "Resource", config);
    this.taskSpec = config.taskSpec;
    if (!isPinned(props.image)) {
      const warning = `nobody has looked up the digest of ${props.image.reference} yet; the tag may move, and a container that is started anew may run another image`;
      Annotations.of(this).addWarning(warning);
    }
  }

  /**
   * Adds labels to the service, where Traefik reads them.
   *
   * @throws Error when a label has another value already
   */
  addLabels(labels: Readonly<Record<string, string>>): void {
    for (const [label, value] of Object.entries(labels)) {
      const existing = this.labels.get(label) ?? value;
      if (existing !== value) {
        throw new Error(`${this.node.path}: the label ${label} is "${existing}" already and cannot be "${value}" too`);
      }
      this.labels.set(label, value);
    }
  }

  /** Another one after each change that replaces its containers. */
  get revision(): string {
    // A local, because cdktf renders no text with a quotation mark in a function's argument.
    const existing = this.node.tryFindChild(SPECIFICATION);
    const specification =
      existing instanceof TerraformLocal ? existing : new TerraformLocal(this, SPECIFICATION, this.taskSpec);
    return Fn.substr(Fn.sha256(Fn.jsonencode(specification.asString)), 0, REVISION_LENGTH);
  }

  /** The address at which services on a shared network reach a port of this one. */
  address(port: number): string {
    return `${this.serviceName}:${port}`;
  }

  private serviceConfig(props: SwarmServiceProps): ServiceConfig {
    const { replicas, publishedPorts } = this;
    const { volumes = [], limits, after = [] } = props;
    const { alone = false, restartDelay = DEFAULT_RESTART_DELAY, offWhen } = props;
    const lifecycle = {
      healthCheck: settled(props.healthCheck),
      stopGracePeriod: props.stopGracePeriod ?? DEFAULT_STOP_GRACE_PERIOD,
    };
    const rollout = new Rollout({
      replicas,
      stopFirst: alone || publishedPorts.length > 0 || volumes.length > 0,
      ...lifecycle,
      monitor: props.monitor,
    });
    return {
      name: this.serviceName,
      labels: Lazy.anyValue({ produce: () => this.renderLabels() }),
      mode: replicas === "global" ? { global: true } : { replicated: { replicas: unlessOff(replicas, offWhen) } },
      taskSpec: {
        containerSpec: containerSpecOf(this.serviceName, props, lifecycle),
        networksAdvanced: this.networks.map((network) => ({
          name: network.id,
          aliases: network.aliases && [...network.aliases],
        })),
        placement: { constraints: this.placementOf(props) },
        resources: { limits: { nanoCpus: Math.round(limits.cpus * NANO), memoryBytes: limits.memory.bytes } },
        restartPolicy: {
          condition: "any",
          delay: restartDelay.toString(),
          maxAttempts: 0,
          window: Duration.zero.toString(),
        },
        logDriver: { name: "json-file", options: LOG_OPTIONS },
      },
      endpointSpec: {
        // Names resolve to the containers themselves: no virtual address that cuts idle connections.
        mode: "dnsrr",
        ports: publishedPorts.map(({ published, target }) => ({
          protocol: "tcp",
          publishMode: "host",
          publishedPort: published,
          targetPort: target,
        })),
      },
      updateConfig: rollout.updateConfig,
      rollbackConfig: rollout.rollbackConfig,
      convergeConfig: rollout.convergeConfig,
      dependsOn: after.map(({ resource }) => resource),
      lifecycle: {
        // Docker fills in the platforms of the image's index, which are not the same everywhere.
        ignoreChanges: ["task_spec[0].placement[0].platforms"],
      },
    };
  }

  private placementOf({ node, volumes = [], placementConstraints = [] }: SwarmServiceProps): string[] {
    const { environment } = LayerStack.of(this);
    const stays = volumes.length > 0 || this.publishedPorts.length > 0;
    const home = node ?? (stays ? nodesOf(environment)[0] : undefined);
    return [...new Set([...placementConstraints, ...(home === undefined ? [] : [constraintTo(home, environment)])])];
  }

  private renderLabels(): { label: string; value: string }[] {
    return [...this.labels]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([label, value]) => ({ label, value: literal(value) }));
  }
}

function unlessOff(replicas: number, offWhen: IResolvable | undefined): number {
  return offWhen === undefined ? replicas : Token.asNumber(conditional(offWhen, 0, replicas));
}
