import type {
  ServiceConvergeConfig,
  ServiceRollbackConfig,
  ServiceUpdateConfig,
} from "@cdktf/provider-docker/lib/service";
import type { Lifecycle } from "./container-spec";
import { Duration } from "./duration";

/** An image may have to be pulled before the first container starts. */
const PULL_ALLOWANCE = Duration.minutes(2);
/** A pause between replicas looks to the provider like the end of the update: all of them run, though some are old. */
const DELAY_BETWEEN_REPLICAS = Duration.zero;
/** A container that crashes on its first requests does so within this time after it became healthy. */
const FIRST_REQUESTS = Duration.seconds(5);
/** From a new service to its first container, on a node that has the image. */
const CONTAINER_START = Duration.seconds(3);
const PARALLELISM = 1;

/** What a rollout depends on. */
export interface RolloutProps extends Lifecycle {
  /** How many containers; one per node where the number is not known at synth. */
  readonly replicas: number | "global";
  /** Whether two containers of the service must never run side by side. */
  readonly stopFirst: boolean;
  /** How long a container is watched after it became healthy. */
  readonly monitor: Duration | undefined;
}

/**
 * How a service goes from one version to the next, and back when the next one fails.
 */
export class Rollout {
  private readonly order: "start-first" | "stop-first";
  private readonly monitor: Duration;

  constructor(private readonly props: RolloutProps) {
    this.order = props.stopFirst ? "stop-first" : "start-first";
    this.monitor = props.monitor ?? this.startPeriod.plus(FIRST_REQUESTS);
  }

  get updateConfig(): ServiceUpdateConfig {
    return { ...this.commonConfig, failureAction: "rollback" };
  }

  /** A rollback that fails as well stops where it is, for a person to look at. */
  get rollbackConfig(): ServiceRollbackConfig {
    return { ...this.commonConfig, failureAction: "pause" };
  }

  /**
   * Makes `apply` wait until the rollout, and the rollback that may follow, have ended.
   *
   * @returns undefined for one container per node, which the provider cannot wait for
   */
  get convergeConfig(): ServiceConvergeConfig | undefined {
    return this.longest === undefined
      ? undefined
      : { delay: this.firstLook.toString(), timeout: this.longest.toString() };
  }

  /**
   * When the provider first looks whether a new service runs. It looks again 5 seconds later, then
   * every 10: a first look too early costs more than one a little late.
   */
  private get firstLook(): Duration {
    return CONTAINER_START.plus(this.props.healthCheck?.interval ?? Duration.zero);
  }

  private get commonConfig() {
    return {
      parallelism: PARALLELISM,
      delay: DELAY_BETWEEN_REPLICAS.toString(),
      monitor: this.monitor.toString(),
      // One decimal: Docker echoes nothing else.
      maxFailureRatio: "0.0",
      order: this.order,
    };
  }

  private get longest(): Duration | undefined {
    const { replicas, stopGracePeriod } = this.props;
    if (replicas === "global") {
      return undefined;
    }
    const perReplica = this.longestStart.plus(stopGracePeriod, DELAY_BETWEEN_REPLICAS);
    const oneWay = perReplica.times(Math.ceil(replicas / PARALLELISM)).plus(this.monitor);
    return PULL_ALLOWANCE.plus(oneWay.times(2));
  }

  private get longestStart(): Duration {
    const { healthCheck } = this.props;
    return healthCheck === undefined
      ? Duration.zero
      : healthCheck.startPeriod.plus(healthCheck.interval.plus(healthCheck.timeout).times(healthCheck.retries));
  }

  private get startPeriod(): Duration {
    return this.props.healthCheck?.startPeriod ?? Duration.zero;
  }
}
