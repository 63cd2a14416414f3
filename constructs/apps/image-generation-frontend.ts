import type { Construct } from "constructs";
import { isEncrypted } from "../../config/hosts";
import { Duration } from "../swarm/duration";
import { Memory } from "../swarm/memory";
import { LayerStack } from "../terraform/layer-stack";
import { Application, type ApplicationContext } from "./application";
import { withoutSchema } from "./database-schema";
import { LABELS } from "./labels";
import { brokerUrl, databaseSection, objectStorageKey, transportSection } from "./sections";

const NAME = "image-generation-frontend";
const PORT = 3000;
/** A page that reads tables, and one that is there without any. */
const [TABLES_PAGE, FIRST_PAGE] = ["/api/imageTypes", "/"];

/**
 * The pages on which staff draw what is posted about matches.
 *
 * It asks nobody who they are and runs queries that lie in the database: hence for operators only, by a role that
 * reads.
 */
export class ImageGenerationFrontend extends Application {
  constructor(scope: Construct, id: string, context: ApplicationContext) {
    const stack = LayerStack.of(scope);
    const { environment } = stack;
    const { objectStorage } = context.backing;
    const { username: user, ...database } = databaseSection(context.backing, "viewer");
    super(scope, id, {
      ...context,
      name: NAME,
      program: ["node", "/app/clients/image-generation-frontend/build/index.js"],
      environment: { NODE_ENV: "production" },
      documents: [
        {
          id: "configuration",
          path: "/app/src/config.json",
          content: {
            minio: {
              endpoint: objectStorage.host,
              port: objectStorage.port,
              ssl: isEncrypted(environment),
              bucket: objectStorage.buckets.images,
            },
            knex: { ...database, user },
            transport: {
              url: brokerUrl(context.backing, NAME),
              image_generation_queue: transportSection(environment).image_generation_queue,
            },
          },
          // It reads one file, and the broker's password is in it.
          secret: true,
        },
      ],
      secretFiles: { "/app/secret/db-secret.txt": "postgres/viewer-password", ...objectStorageKey(NAME) },
      needs: ["postgres", "rabbitmq", "objectStorage"],
      route: { label: LABELS[NAME], port: PORT, audience: "operators" },
      // Without a schema the page that its image is known by reads no table, and never answers.
      healthCommand:
        withoutSchema(stack) === "allowed"
          ? stack.images[NAME].healthCommand.map((word) => word.replace(TABLES_PAGE, FIRST_PAGE))
          : undefined,
      startPeriod: Duration.minutes(1),
      limits: { cpus: 0.5, memory: Memory.mebibytes(192) },
    });
  }
}
