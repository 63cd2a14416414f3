import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Construct } from "constructs";
import type { Image } from "../../config/images/image";
import { HttpRoute } from "../../constructs/ingress/http-route";
import { Duration } from "../../constructs/swarm/duration";
import { Memory } from "../../constructs/swarm/memory";
import { SwarmConfig } from "../../constructs/swarm/swarm-config";
import { SwarmService } from "../../constructs/swarm/swarm-service";
import { LayerStack, type LayerStackProps } from "../../constructs/terraform/layer-stack";
import { useDocker } from "../../constructs/terraform/providers";
import { trustNetworksOf } from "../../stacks/trust-networks";

const PORT = 3000;

/** A release of the stand-in. */
export interface WebRelease {
  readonly image: Image;
  readonly version: string;
  readonly message: string;
}

/** A layer above Layer 1 with one application of two replicas. */
export class WebStack extends LayerStack {
  constructor(scope: Construct, props: LayerStackProps, { image, version, message }: WebRelease) {
    super(scope, "platform", props);
    useDocker(this);
    const { ingressPublic } = trustNetworksOf(this);
    const program = new SwarmConfig(this, "web-program", {
      content: readFileSync(join(__dirname, "web-stand-in.js"), "utf8"),
    });
    const service = new SwarmService(this, "web", {
      image,
      networks: [ingressPublic],
      replicas: 2,
      command: ["node", "/app/server.js"],
      environment: { VERSION: version },
      files: [
        program.at("/app/server.js"),
        new SwarmConfig(this, "web-message", { content: message }).at("/app/message.txt"),
      ],
      healthCheck: {
        command: [
          "CMD",
          "node",
          "-e",
          `fetch("http://127.0.0.1:${PORT}/").then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))`,
        ],
        startPeriod: Duration.seconds(10),
        interval: Duration.seconds(2),
      },
      limits: { cpus: 0.5, memory: Memory.mebibytes(128) },
    });
    new HttpRoute(this, "web-route", { service, label: "web", port: PORT, audience: "public" });
  }
}
