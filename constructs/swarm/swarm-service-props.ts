import type { IResolvable } from "cdktf";
import type { Image } from "../../config/images/image";
import type { SwarmNode } from "../../config/nodes";
import type { Duration } from "./duration";
import type { FileMount } from "./file-mount";
import type { HealthCheck, NoHealthCheck } from "./health-check";
import type { Memory } from "./memory";
import type { NetworkReference } from "./network-reference";
import type { SwarmService } from "./swarm-service";

/** What a container may use at most. */
export interface Limits {
  /** Processors; 0.25 is a quarter of one. */
  readonly cpus: number;
  readonly memory: Memory;
}

/** A volume that Swarm makes on first use and nobody deletes. */
export interface VolumeMount {
  /** Its name, to which the service's own is prefixed. */
  readonly name: string;
  /** Where it is in the container. */
  readonly path: string;
}

/** A file or folder of the node itself, read-only. */
export interface BindMount {
  readonly hostPath: string;
  readonly path: string;
}

/** A port of the node that leads to a container's. */
export interface PublishedPort {
  readonly published: number;
  readonly target: number;
}

/** What a service is. */
export interface SwarmServiceProps {
  readonly image: Image;
  /** The networks it joins. Joining or leaving one later re-creates it. */
  readonly networks: readonly NetworkReference[];
  readonly healthCheck: HealthCheck | NoHealthCheck;
  readonly limits: Limits;
  /**
   * The program, in place of the image's entry point.
   *
   * @default - the image's entry point
   */
  readonly command?: readonly string[];
  /**
   * The program's arguments.
   *
   * @default - the image's own
   */
  readonly args?: readonly string[];
  /**
   * The folder that the program starts in.
   *
   * @default - the image's own
   */
  readonly directory?: string;
  /**
   * Environment variables. No secrets: they are files.
   *
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Secrets and configs it reads.
   *
   * @default - none
   */
  readonly files?: readonly FileMount[];
  /**
   * Volumes it writes.
   *
   * @default - none
   */
  readonly volumes?: readonly VolumeMount[];
  /**
   * Parts of the node it reads.
   *
   * @default - none
   */
  readonly bindMounts?: readonly BindMount[];
  /**
   * Folders it writes and may forget, beside those its image is known to write.
   *
   * @default - none
   */
  readonly tmpfs?: readonly string[];
  /**
   * Ports of the node it answers on.
   *
   * @default - none
   */
  readonly publishedPorts?: readonly PublishedPort[];
  /**
   * How many containers.
   *
   * @default 1
   */
  readonly replicas?: number | "global";
  /**
   * A condition, looked at when Terraform plans, under which no container runs.
   *
   * @default - its containers run
   */
  readonly offWhen?: IResolvable;
  /**
   * Whether two containers of it must never run side by side. Volumes and published ports say so already.
   *
   * @default false
   */
  readonly alone?: boolean;
  /**
   * How long to wait before a container that ended is started anew.
   *
   * @default 5 seconds
   */
  readonly restartDelay?: Duration;
  /**
   * On which nodes it may run, in Swarm's form: `node.role == manager`.
   *
   * @default - any
   */
  readonly placementConstraints?: readonly string[];
  /**
   * The one node that it runs on.
   *
   * @default - the one that keeps the data and has the public address, where it has a volume or publishes a port; else any
   */
  readonly node?: SwarmNode;
  /**
   * How long it may take to end after SIGTERM.
   *
   * @default 10 seconds
   */
  readonly stopGracePeriod?: Duration;
  /**
   * How long an update watches a container after it became healthy, before it calls it a success.
   *
   * @default - a little longer than the health check's start period
   */
  readonly monitor?: Duration;
  /**
   * Services that must have converged before this one is touched.
   *
   * @default - none
   */
  readonly after?: readonly SwarmService[];
}
