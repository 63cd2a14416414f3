import type { Construct } from "constructs";
import type { Image } from "../../config/images/image";
import { Duration } from "../../constructs/swarm/duration";
import { Memory } from "../../constructs/swarm/memory";
import { OverlayNetwork } from "../../constructs/swarm/overlay-network";
import { SwarmService } from "../../constructs/swarm/swarm-service";
import { SwarmTask } from "../../constructs/swarm/swarm-task";
import { LayerStack, type LayerStackProps } from "../../constructs/terraform/layer-stack";
import { useDocker } from "../../constructs/terraform/providers";

/** A layer in which a service waits for a task whose result is wrong. */
export class FailingTaskStack extends LayerStack {
  constructor(scope: Construct, props: LayerStackProps, image: Image) {
    super(scope, "layer-2", props);
    useDocker(this);
    const networks = [new OverlayNetwork(this, "network", { name: this.swarmName(this, 60) }).reference];
    const task = new SwarmTask(this, "failing", {
      image,
      networks,
      work: "echo working",
      verify: "echo the result is wrong; exit 1",
      timeout: Duration.seconds(1),
    });
    new SwarmService(this, "dependant", {
      image,
      networks,
      command: ["sleep", "3600"],
      healthCheck: { command: ["CMD", "true"], startPeriod: Duration.seconds(1) },
      limits: { cpus: 0.1, memory: Memory.mebibytes(32) },
      after: [task.service],
    });
  }
}
