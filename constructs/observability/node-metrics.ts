import { Construct } from "constructs";
import type { SwarmNode } from "../../config/nodes";
import { SERVICE_NAME_LABEL } from "../swarm/swarm-service";
import type { TrustNetworkReferences } from "../swarm/trust-networks";
import { LayerStack } from "../terraform/layer-stack";
import { ContainerApiProxy } from "./container-api-proxy";
import { Telegraf } from "./telegraf";

const KERNEL_FOLDER = "/host/proc";
/** What the kernel tells about the machine. All of `/proc` would tell about its processes too. */
const KERNEL_FILES = ["stat", "meminfo", "loadavg", "uptime", "vmstat"] as const;
/** Docker mounts it from its own folder, so it is on the disk that images, logs and containers are on. */
const ON_DOCKERS_DISK = "/etc/hosts";
/** A volume, on the disk that volumes are on. */
const ON_VOLUMES_DISK = "/var/lib/telegraf";

export interface NodeMetricsProps {
  readonly networks: Pick<TrustNetworkReferences, "metrics" | "containerApi">;
  /** The machine. */
  readonly node: SwarmNode;
}

/**
 * Measures a machine and the environment's containers on it; on the one that keeps the data also the Swarm's services,
 * of which every manager would tell the same.
 */
export class NodeMetrics extends Construct {
  constructor(scope: Construct, id: string, { networks, node }: NodeMetricsProps) {
    super(scope, id);
    const { environment } = LayerStack.of(this);
    const docker = new ContainerApiProxy(this, "docker", { network: networks.containerApi, node });
    new Telegraf(this, "Default", {
      networks: [networks.metrics, networks.containerApi],
      // Its own mounts tell which disks there are.
      environment: { HOST_PROC: KERNEL_FOLDER, HOST_PROC_MOUNTINFO: "/proc/self/mountinfo" },
      bindMounts: [
        ...KERNEL_FILES.map((file) => ({ hostPath: `/proc/${file}`, path: `${KERNEL_FOLDER}/${file}` })),
        // The first process' network is the machine's.
        { hostPath: "/proc/1/net/dev", path: `${KERNEL_FOLDER}/net/dev` },
      ],
      volumes: [{ name: "disk", path: ON_VOLUMES_DISK }],
      node,
      plugins: pluginsFor(environment.prefix, docker.address, node.keepsData),
    });
  }
}

function pluginsFor(prefix: string, dockerAddress: string, tellsOfServices: boolean): object {
  return {
    inputs: {
      cpu: [{ percpu: false, totalcpu: true, fieldinclude: ["usage_idle", "usage_iowait", "usage_steal"] }],
      mem: [{ fieldinclude: ["available_percent", "total", "available"] }],
      system: [{ fieldinclude: ["load1", "load5", "n_cpus", "uptime"] }],
      swap: [{ fieldinclude: ["used_percent"] }],
      disk: [{ mount_points: [ON_DOCKERS_DISK, ON_VOLUMES_DISK], taginclude: ["path"] }],
      net: [
        {
          ignore_protocol_stats: true,
          interfaces: ["e*"],
          fieldinclude: ["bytes_recv", "bytes_sent", "drop_in", "drop_out"],
        },
      ],
      docker: [
        {
          endpoint: `tcp://${dockerAddress}`,
          gather_services: tellsOfServices,
          container_name_include: [`${prefix}-*`],
          // What ended is how a loop of restarts is seen.
          container_state_include: ["running", "exited"],
          docker_label_include: [SERVICE_NAME_LABEL],
          perdevice_include: [],
          total_include: ["cpu", "network"],
          storage_objects: [],
          timeout: "10s",
          fieldinclude: [
            ...["usage_percent", "usage", "limit", "rx_bytes", "tx_bytes"],
            ...["started_at", "finished_at", "oomkilled"],
            ...["tasks_running", "tasks_desired"],
          ],
          taginclude: [SERVICE_NAME_LABEL, "service_name", "container_name", "container_status"],
        },
      ],
    },
    processors: {
      regex: [
        {
          order: 1,
          // Swarm's tasks have services' names with their prefix; an operator thinks of them without.
          tags: [
            { key: SERVICE_NAME_LABEL, pattern: `^${prefix}-(.*)$`, replacement: "$1", result_key: "service" },
            {
              key: "path",
              pattern: `^${ON_DOCKERS_DISK}$`,
              replacement: "images, containers and logs",
              result_key: "holds",
            },
            { key: "path", pattern: `^${ON_VOLUMES_DISK}$`, replacement: "volumes", result_key: "holds" },
            { key: "service_name", pattern: `^${prefix}-(.*)$`, replacement: "$1", result_key: "service" },
          ],
        },
      ],
      override: [{ order: 2, tagexclude: [SERVICE_NAME_LABEL, "service_name", "path"] }],
    },
  };
}
