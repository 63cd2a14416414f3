import { Construct } from "constructs";
import { Duration } from "../swarm/duration";
import { healthCheckOf } from "../swarm/health-check";
import { Memory } from "../swarm/memory";
import type { NetworkReference } from "../swarm/network-reference";
import { SwarmService } from "../swarm/swarm-service";
import { LayerStack } from "../terraform/layer-stack";

/** Where Docker answers on a machine. */
export const DOCKER_SOCKET = "/var/run/docker.sock";
const PORT = 2375;

/** A section of the Docker API that can be opened for reading. */
export type DockerApiSection = "NETWORKS" | "NODES" | "SERVICES" | "TASKS";

export interface SocketProxyProps {
  /** The network of those who may read; nobody else joins it. */
  readonly network: NetworkReference;
  /** The sections they may read. Everything else is refused, and nothing can be changed. */
  readonly sections: readonly DockerApiSection[];
}

/**
 * A read-only door to the Docker API, which is the only thing that sees the Docker socket.
 */
export class SocketProxy extends Construct {
  /** `host:port` of the door. */
  readonly address: string;

  constructor(scope: Construct, id: string, { network, sections }: SocketProxyProps) {
    super(scope, id);
    const image = LayerStack.of(this).images.socketProxy;
    const service = new SwarmService(this, "Resource", {
      image,
      networks: [network],
      environment: {
        ...Object.fromEntries(sections.map((section) => [section, "1"])),
        // On by default in the image, and needed by nobody here.
        EVENTS: "0",
      },
      bindMounts: [{ hostPath: DOCKER_SOCKET, path: DOCKER_SOCKET }],
      // Only managers answer for the Swarm.
      placementConstraints: ["node.role == manager"],
      healthCheck: healthCheckOf(image, Duration.seconds(10)),
      limits: { cpus: 0.25, memory: Memory.mebibytes(64) },
    });
    this.address = service.address(PORT);
  }
}
