import { Construct, type IConstruct } from "constructs";
import { portRule } from "../ingress/route-rules";
import type { SwarmService } from "../swarm/swarm-service";
import { everyOf } from "../terraform/every";
import { validate } from "../terraform/validation";

export interface MetricsEndpointProps {
  /** The service that answers with its metrics, in Prometheus' format. */
  readonly service: SwarmService;
  /** The port at which it does. */
  readonly port: number;
  /**
   * What they are called together, in the label `job`. Names of one environment differ.
   *
   * @default - the service's name without the environment's prefix
   */
  readonly job?: string;
  /** @default /metrics */
  readonly path?: string;
  /**
   * Parameters of the request.
   *
   * @default - none
   */
  readonly parameters?: Readonly<Record<string, readonly string[]>>;
  /**
   * Which time series are kept: those of which each label named here matches its regular expression.
   *
   * @default - all
   */
  readonly keeps?: Readonly<Record<string, string>>;
}

/**
 * Where Prometheus reads how a service does.
 */
export class MetricsEndpoint extends Construct {
  /** What its measurements are called together. */
  readonly job: string;

  /**
   * @throws FaultsError for a port that is none, or a name that another endpoint has
   */
  constructor(
    scope: Construct,
    id: string,
    readonly props: MetricsEndpointProps,
  ) {
    super(scope, id);
    this.job = props.job ?? props.service.shortName;
    const twin = MetricsEndpoint.all(this).find((other) => other !== this && other.job === this.job);
    validate(this, [
      portRule(props.port),
      {
        where: "job",
        broken: twin !== undefined,
        message: `${twin?.node.path} is called ${this.job} already; write another name`,
      },
    ]);
  }

  /** Every endpoint of the environment that a construct belongs to. */
  static all(construct: IConstruct): readonly MetricsEndpoint[] {
    return everyOf(construct, MetricsEndpoint);
  }
}
