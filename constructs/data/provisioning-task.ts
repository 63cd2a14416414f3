import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Construct } from "constructs";
import { Duration } from "../swarm/duration";
import type { MountableFile } from "../swarm/file-mount";
import { Memory } from "../swarm/memory";
import type { NetworkReference } from "../swarm/network-reference";
import { SwarmConfig } from "../swarm/swarm-config";
import type { SwarmService } from "../swarm/swarm-service";
import { SwarmTask } from "../swarm/swarm-task";
import { LayerStack } from "../terraform/layer-stack";

const SCRIPTS_FOLDER = join(__dirname, "provisioning");
const TASK_FOLDER = "/task";
/** Every script's own. */
const SHARED_SCRIPT = "requests.mjs";

export interface ProvisioningTaskProps {
  /** The script in `provisioning/`, which brings a server to the plan and, with `--verify`, proves it. */
  readonly script: string;
  /**
   * Other scripts in `provisioning/` that it imports.
   *
   * @default - none
   */
  readonly modules?: readonly string[];
  /**
   * Packages of one file that the script imports.
   *
   * @default - none
   */
  readonly packages?: readonly string[];
  /** What the server should be like. Values may be tokens, and none of them secret. */
  readonly plan: object;
  /** The secrets that the script reads, by the names by which it does. */
  readonly secrets: Readonly<Record<string, MountableFile>>;
  readonly networks: readonly NetworkReference[];
  /** The servers that it talks to. */
  readonly after: readonly SwarmService[];
}

/**
 * Brings a data service to a plan by its HTTP API, and proves it.
 */
export class ProvisioningTask extends Construct {
  /** What waits for the result. */
  readonly service: SwarmService;

  constructor(scope: Construct, id: string, props: ProvisioningTaskProps) {
    super(scope, id);
    const { script, modules = [], packages = [], plan, secrets, networks, after } = props;
    const command = `node ${TASK_FOLDER}/${script}`;
    const task = new SwarmTask(this, "Resource", {
      image: LayerStack.of(this).images.node,
      networks,
      files: [
        ...[script, ...modules, SHARED_SCRIPT].map((name) =>
          this.config(name, readFileSync(join(SCRIPTS_FOLDER, name), "utf8")),
        ),
        ...packages.map((name) =>
          this.config(name, readFileSync(require.resolve(name), "utf8"), `node_modules/${name}/index.js`),
        ),
        this.config("plan.json", JSON.stringify(plan, null, 2)),
        ...Object.entries(secrets).map(([name, file]) => file.at(`/run/secrets/${name}`)),
      ],
      work: command,
      verify: `${command} --verify`,
      timeout: Duration.minutes(1),
      // Node.js alone takes most of that while it works; idle, a shell is left.
      limits: { cpus: 0.5, memory: Memory.mebibytes(96) },
      after,
    });
    this.service = task.service;
  }

  private config(name: string, content: string, path = name) {
    return new SwarmConfig(this, name.replaceAll(".", "-"), { content }).at(`${TASK_FOLDER}/${path}`);
  }
}
