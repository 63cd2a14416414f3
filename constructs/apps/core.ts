import type { Construct } from "constructs";
import { publicUrl } from "../../config/hosts";
import type { Environment } from "../../config/schema";
import { Duration } from "../swarm/duration";
import { Memory } from "../swarm/memory";
import { LayerStack } from "../terraform/layer-stack";
import type { ApplicationContext } from "./application";
import type { Backing } from "./backing";
import { LABELS } from "./labels";
import { NodeApplication } from "./node-application";
import {
  celerySection,
  databaseSection,
  heardEventsSection,
  objectStorageKey,
  objectStorageSection,
  redisSection,
  transportSection,
} from "./sections";

const PORT = 3001;
const NAME = "core";
/** The smallest there is. */
const QUERY = "/graphql?query=%7B__typename%7D";
/** The pages and paths that the applications' source names. */
const SIGNED_IN_PAGE = "/auth/callback";
const DISCORD_PATH = "/login";
const GOOGLE_PATH = "/authentication/google/login";
/** In seconds; with a text, the applications would take it for milliseconds. */
const TOKEN_SECONDS = 12_000;

/** The API, which everything else asks. */
export class Core extends NodeApplication {
  constructor(scope: Construct, id: string, context: ApplicationContext) {
    const { environment } = LayerStack.of(scope);
    super(scope, id, {
      ...context,
      name: NAME,
      main: "/app/core/dist/main.js",
      configuration: configuration(environment, context.backing),
      secretFiles: {
        "/app/secret/db-password.txt": "postgres/sprocket-password",
        "/app/secret/redis-password.txt": "redis/password",
        ...objectStorageKey(NAME),
        "/app/secret/jwtSecret.txt": "core/jwt-key",
        "/app/secret/discord-client.txt": "discord/client-id",
        "/app/secret/discord-secret.txt": "discord/client-secret",
        "/app/secret/googleClientId.txt": "google/client-id",
        "/app/secret/googleSecret.txt": "google/client-secret",
      },
      needs: ["postgres", "redis", "rabbitmq", "objectStorage", "internet"],
      route: { label: LABELS[NAME], port: PORT, audience: "public", probe: { path: QUERY, status: 200 } },
      // It waits for the broker, the database and Redis before it answers.
      startPeriod: Duration.minutes(2),
      limits: { cpus: 1, memory: Memory.mebibytes(512) },
      deafAfterBroker: true,
    });
  }
}

function configuration(environment: Environment, backing: Backing): object {
  const { logLevels, playground, organization } = environment.applications;
  const api = publicUrl(environment, LABELS.core);
  return {
    transport: {
      ...transportSection(environment),
      ...heardEventsSection(environment, NAME),
      ...celerySection(environment),
    },
    db: { ...databaseSection(backing, "sprocket"), enable_logs: false },
    redis: redisSection(backing, environment),
    cache: { host: backing.redis.host, port: backing.redis.port, secure: false },
    minio: objectStorageSection(backing, environment, ["replays"]),
    gql: { playground },
    logger: { levels: logLevels },
    auth: {
      jwt_expiry: TOKEN_SECONDS,
      access_expiry: "6h",
      refresh_expiry: "7d",
      frontend_callback: `${publicUrl(environment, LABELS.web)}${SIGNED_IN_PAGE}`,
      discord: { callbackUrl: `${api}${DISCORD_PATH}` },
      google: { callbackUrl: `${api}${GOOGLE_PATH}` },
    },
    web: { api_root: api },
    defaultOrganizationId: organization,
  };
}
