import type { Construct } from "constructs";
import { isEncrypted, publicAuthority, publicUrl } from "../../config/hosts";
import type { Environment } from "../../config/schema";
import { Duration } from "../swarm/duration";
import { Memory } from "../swarm/memory";
import { LayerStack } from "../terraform/layer-stack";
import { Application, type ApplicationContext } from "./application";
import { LABELS } from "./labels";
import { NODE_ENVIRONMENT } from "./node-application";

const PORT = 3000;
const CONFIGURATION_FOLDER = "/app/clients/web/config";

/** The pages that players and staff see. */
export class Web extends Application {
  constructor(scope: Construct, id: string, context: ApplicationContext) {
    const { environment } = LayerStack.of(scope);
    super(scope, id, {
      ...context,
      name: "web",
      program: ["node", "/app/clients/web/build/index.js"],
      environment: {
        ...NODE_ENVIRONMENT,
        NODE_CONFIG_DIR: CONFIGURATION_FOLDER,
        ORIGIN: publicUrl(environment, LABELS.web),
      },
      documents: [
        {
          id: "configuration",
          path: `${CONFIGURATION_FOLDER}/production.json`,
          content: configuration(environment),
          secret: false,
        },
      ],
      secretFiles: { "/app/secret/chatwoot-hmac-key.txt": "chatwoot/hmac-key" },
      // It calls the API by its public host.
      needs: [],
      // The first page sends on to that one.
      route: { label: LABELS.web, port: PORT, audience: "public", probe: { path: "/auth/login", status: 200 } },
      startPeriod: Duration.seconds(30),
      limits: { cpus: 0.5, memory: Memory.mebibytes(192) },
    });
  }
}

function configuration(environment: Environment): object {
  const { chatwoot } = environment.applications;
  return {
    client: {
      gqlUrl: publicAuthority(environment, LABELS.core),
      secure: isEncrypted(environment),
      chatwoot: chatwoot === undefined ? { enabled: false } : { enabled: true, ...chatwoot },
    },
    stack: stackOf(environment),
  };
}

/** What the pages call the environment: with `staging` they say on top that this is not the real one. */
function stackOf({ name, platform }: Environment): "main" | "staging" | "local" {
  if (platform !== "cloud") {
    return "local";
  }
  return name === "production" ? "main" : "staging";
}
