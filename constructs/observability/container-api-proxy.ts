import { Construct } from "constructs";
import type { SwarmNode } from "../../config/nodes";
import { DOCKER_SOCKET } from "../ingress/socket-proxy";
import { Duration } from "../swarm/duration";
import { healthCheckOf } from "../swarm/health-check";
import { Memory } from "../swarm/memory";
import type { NetworkReference } from "../swarm/network-reference";
import { SwarmService } from "../swarm/swarm-service";
import { LayerStack } from "../terraform/layer-stack";

const PORT = 2375;
/** What a collector asks: how containers, tasks and services are, and not what is in them. */
const QUESTIONS = [
  "_ping",
  "version",
  "info",
  "containers/json",
  "containers/[0-9a-f]+/(json|stats)",
  "services",
  "tasks",
  "nodes",
].join("|");

export interface ContainerApiProxyProps {
  /** The network of the one who may ask; nobody else joins it. */
  readonly network: NetworkReference;
  /** The node whose containers it tells of. */
  readonly node: SwarmNode;
}

/**
 * A door to what the Docker API says about a machine's containers.
 *
 * The other door, which is Traefik's, opens sections: whoever may read the one about containers may also read any file in
 * them, secrets too.
 */
export class ContainerApiProxy extends Construct {
  /** `host:port` of the door. */
  readonly address: string;

  constructor(scope: Construct, id: string, { network, node }: ContainerApiProxyProps) {
    super(scope, id);
    const { containerApiProxy: image } = LayerStack.of(this).images;
    const service = new SwarmService(this, "Resource", {
      image,
      networks: [network],
      args: [
        "-listenip=0.0.0.0",
        `-proxyport=${PORT}`,
        // Who is on its network.
        "-allowfrom=0.0.0.0/0",
        `-allowGET=(/v1\\.\\d+)?/(${QUESTIONS})`,
        "-allowHEAD=/_ping",
        "-allowhealthcheck",
      ],
      bindMounts: [{ hostPath: DOCKER_SOCKET, path: DOCKER_SOCKET }],
      node,
      healthCheck: healthCheckOf(image, Duration.seconds(10)),
      limits: { cpus: 0.25, memory: Memory.mebibytes(32) },
    });
    this.address = service.address(PORT);
  }
}
