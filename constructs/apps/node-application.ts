import type { Construct } from "constructs";
import type { RabbitMqUserName } from "../../config/data/rabbitmq";
import { Application, type ApplicationProps } from "./application";
import { brokerUrl } from "./sections";

/** Read first; what is in the overlay wins, key by key. */
const CONFIGURATION_PATH = "/app/config/production.json";
const OVERLAY_PATH = "/app/config/local-production.json";

/** An application of Node.js that talks to the others by the message broker. */
export interface NodeApplicationProps
  extends Omit<ApplicationProps, "name" | "program" | "environment" | "documents" | "directory"> {
  readonly name: ApplicationProps["name"] & RabbitMqUserName;
  /**
   * The file that Node.js runs.
   *
   * @default - that of a microservice of its name
   */
  readonly main?: string;
  /** What it is told, without the broker's URL. */
  readonly configuration: object;
}

/** What every application of the common library is told by environment variables. */
export const NODE_ENVIRONMENT = {
  // It names the file of the configuration, and has nothing to do with the environment that this is.
  NODE_ENV: "production",
  // Without a file of that name it would start with nothing.
  NODE_CONFIG_STRICT_MODE: "1",
} as const;

/**
 * An application of the common library, which reads its configuration from two files: one that anybody may read, and
 * one with the broker's URL, which has a password in it.
 */
export class NodeApplication extends Application {
  constructor(scope: Construct, id: string, { configuration, ...props }: NodeApplicationProps) {
    const { name, backing, main = `/app/microservices/${name}/dist/main.js` } = props;
    super(scope, id, {
      ...props,
      program: ["node", main],
      environment: NODE_ENVIRONMENT,
      documents: [
        { id: "configuration", path: CONFIGURATION_PATH, content: configuration, secret: false },
        {
          id: "broker",
          path: OVERLAY_PATH,
          content: { transport: { url: brokerUrl(backing, name) } },
          secret: true,
        },
      ],
    });
  }
}
