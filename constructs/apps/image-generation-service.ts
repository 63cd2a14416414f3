import type { Construct } from "constructs";
import { Duration } from "../swarm/duration";
import { Memory } from "../swarm/memory";
import { LayerStack } from "../terraform/layer-stack";
import type { ApplicationContext } from "./application";
import { NodeApplication } from "./node-application";
import { objectStorageKey, objectStorageSection, transportSection } from "./sections";

const NAME = "image-generation-service";

/** Draws what the frontend's pages and the API ask for. */
export class ImageGenerationService extends NodeApplication {
  constructor(scope: Construct, id: string, context: ApplicationContext) {
    const { environment } = LayerStack.of(scope);
    super(scope, id, {
      ...context,
      name: NAME,
      configuration: {
        transport: transportSection(environment),
        minio: objectStorageSection(context.backing, environment, ["images"]),
      },
      secretFiles: objectStorageKey(NAME),
      // Pictures that a template links to are anywhere.
      needs: ["rabbitmq", "objectStorage", "internet"],
      startPeriod: Duration.seconds(90),
      limits: { cpus: 1, memory: Memory.mebibytes(384) },
    });
  }
}
