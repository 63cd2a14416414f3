import { argumentOf, type Expression, parseExpression } from "../support/expressions";
import { synthesiseEverything } from "../support/synthesis";
import { contract } from "./contract";
import {
  type Container,
  type DeployedApplication,
  type DeployedApplications,
  deployedApplications,
  type MountedFile,
} from "./deployed-application";
import { contractFaults } from "./faults";

let production: DeployedApplications;
let lan: DeployedApplications;
beforeAll(() => {
  const deployed = deployedApplications(synthesiseEverything());
  const named = (name: string) => deployed.find(({ environment }) => environment === name) as DeployedApplications;
  production = named("production");
  lan = named("lan");
});

type Change<T> = (it: T) => Partial<T>;

/** What is found in production after an application was changed. */
function faultsWith(name: string, change: Change<DeployedApplication>, deployed = production): readonly string[] {
  const applications = deployed.applications.map((each) => (each.name === name ? { ...each, ...change(each) } : each));
  return contractFaults(contract, { ...deployed, applications });
}

const OPEN = "/app/config/production.json";
const OVERLAY = "/app/config/local-production.json";

/** Another file in place of one of the same path, or beside the others. */
const withFile =
  (file: MountedFile): Change<DeployedApplication> =>
  ({ files }) => ({ files: [...files.filter(({ path }) => path !== file.path), file] });

const withoutFile =
  (path: string): Change<DeployedApplication> =>
  ({ files }) => ({ files: files.filter((file) => file.path !== path) });

const withVariables =
  (variables: Readonly<Record<string, string>>): Change<DeployedApplication> =>
  ({ environment }) => ({ environment: { ...environment, ...variables } });

/** A document with something else at a path; with undefined, without what is there. */
const withKey =
  (path: string, value: string | undefined, file = OPEN): Change<DeployedApplication> =>
  ({ files }) => ({
    files: files.map((each) => {
      const document = argumentOf(each.content, "jsonencode");
      const content = document && { ...each.content, args: [changed(document, path.split("/"), value)] };
      return each.path === file && content !== undefined ? { ...each, content: content as Expression } : each;
    }),
  });

function changed(document: Expression, [key = "", ...rest]: readonly string[], value: string | undefined): Expression {
  const entries = document.kind === "object" ? { ...document.entries } : {};
  if (rest.length > 0) {
    entries[key] = changed(entries[key] ?? { kind: "object", entries: {} }, rest, value);
  } else if (value === undefined) {
    delete entries[key];
  } else {
    entries[key] = parseExpression(value);
  }
  return { kind: "object", entries };
}

const secret = (path: string, content = 'data.vault_kv_secret_v2.any.data["value"]'): MountedFile => ({
  path,
  source: "secret",
  content: parseExpression(content),
});

interface Doctored {
  readonly what: string;
  readonly name: string;
  readonly change: Change<DeployedApplication>;
  readonly faults: readonly string[];
}

const keys: readonly Doctored[] = [
  {
    what: "a missing key",
    name: "core",
    change: withKey("cache/host", undefined),
    faults: [`core: ${OPEN} lacks cache.host`],
  },
  {
    what: "a missing key of the overlay",
    name: "discord-bot",
    change: withKey("transport/url", undefined, OVERLAY),
    faults: [`discord-bot: ${OPEN} lacks transport.url`],
  },
  {
    what: "a surplus key",
    name: "image-generation-service",
    change: withKey("db/host", '"postgres"'),
    faults: [`image-generation-service: ${OPEN}: db.host is a key that it does not read`],
  },
  {
    what: "a key in the spelling of another application",
    name: "image-generation-frontend",
    change: withKey("minio/endPoint", '"s3.example.org"', "/app/src/config.json"),
    faults: [`image-generation-frontend: /app/src/config.json: minio.endPoint is a key that it does not read`],
  },
  {
    what: "a number as a text",
    name: "core",
    change: withKey("defaultOrganizationId", '"2"'),
    faults: [`core: ${OPEN}: defaultOrganizationId is "2", of the type string, and should be number`],
  },
  {
    what: "a number that a function makes a text",
    name: "core",
    change: withKey("cache/port", 'format("%s", 5432)'),
    faults: [`core: ${OPEN}: cache.port is 5432, of the type string, and should be number`],
  },
  {
    what: "a number that a layer would hand on as a text",
    name: "core",
    change: withKey("cache/port", "data.terraform_remote_state.foundation.outputs.database_host"),
    faults: [
      `core: ${OPEN}: cache.port is data-terraform-remote-state-foundation-outputs-database-host, of the type string, and should be number`,
    ],
  },
  {
    what: "a number or a text, as the case may be",
    name: "core",
    change: withKey("minio/port", 'var.a == 1 ? 443 : "443"'),
    faults: [`core: ${OPEN}: minio.port is 443|443, of the type number|string, and should be number`],
  },
  {
    what: "a text in place of a list",
    name: "server-analytics-service",
    change: withKey("logger/levels", '"log"'),
    faults: [
      `server-analytics-service: ${OPEN}: logger.levels is "log", of the type string, and should be array<string>`,
    ],
  },
  {
    what: "a list of numbers",
    name: "server-analytics-service",
    change: withKey("logger/levels", "[1]"),
    faults: [
      `server-analytics-service: ${OPEN}: logger.levels is 1, of the type array<number>, and should be array<string>`,
    ],
  },
  {
    what: "a text in place of a switch",
    name: "web",
    change: withKey("client/secure", '"true"', "/app/clients/web/config/production.json"),
    faults: [
      `web: /app/clients/web/config/production.json: client.secure is "true", of the type string, and should be boolean`,
    ],
  },
  {
    what: "a word that is none of those allowed",
    name: "web",
    change: withKey("stack", '"production"', "/app/clients/web/config/production.json"),
    faults: [
      `web: /app/clients/web/config/production.json: stack is "production", and should be string(local|dev|staging|main)`,
    ],
  },
  {
    what: "a scheme where a host is expected",
    name: "web",
    change: withKey("client/gqlUrl", '"https://api.example.org"', "/app/clients/web/config/production.json"),
    faults: [
      `web: /app/clients/web/config/production.json: client.gqlUrl is "https://api.example.org", and should be string(host[:port])`,
    ],
  },
  {
    what: "a URL without a scheme",
    name: "notification-service",
    change: withKey("web/url", '"sprocket.example.org"'),
    faults: [`notification-service: ${OPEN}: web.url is "sprocket.example.org", and should be string(url)`],
  },
  {
    what: "a port in a host of object storage",
    name: "core",
    change: withKey("minio/endPoint", '"s3.example.org:9000"'),
    faults: [`core: ${OPEN}: minio.endPoint is "s3.example.org:9000", and should have no scheme and no port`],
  },
  {
    what: "a sensitive key in a config",
    name: "matchmaking-service",
    change: withKey("transport/url", '"amqp://a:b@sprocket-production-rabbitmq:5672/sprocket?heartbeat=60"'),
    // Also where the overlay wins.
    faults: [`matchmaking-service: ${OPEN}: transport.url is sensitive, and a config is for anybody to read`],
  },
  {
    what: "a secret in a config",
    name: "matchmaking-service",
    change: withKey("redis/prefix", 'data.vault_kv_secret_v2.a.data["value"]'),
    faults: [
      `matchmaking-service: ${OPEN}: redis.prefix is made of a secret, and a config is for anybody to read`,
      "matchmaking-service: redis.prefix is data-vault-kv-secret-v2-a-data-value, and that of core is production",
    ],
  },
  {
    what: "a parameter that the parser does not take",
    name: "replay-parse-service",
    change: withKey("transport/url", '"amqp://a:b@sprocket-production-rabbitmq:5672/sprocket?heartbeat=60&frameMax=1"'),
    faults: [`replay-parse-service: ${OPEN}: transport.url has frameMax, and only heartbeat is taken`],
  },
  {
    what: "a URL without the heartbeat of the others",
    name: "replay-parse-service",
    change: withKey("transport/url", '"amqp://a:b@sprocket-production-rabbitmq:5672/sprocket"'),
    faults: [`replay-parse-service: ${OPEN}: transport.url has no heartbeat=60`],
  },
  {
    what: "another database for results",
    name: "replay-parse-service",
    change: withKey("celery/backend", '"redis://:a@sprocket-production-redis:6379/1"'),
    faults: [`replay-parse-service: ${OPEN}: celery.backend is not database 0, in which the others look for results`],
  },
  {
    what: "half of a section that replaces the image's",
    name: "replay-parse-service",
    change: withKey("ballchasing/maxRetries", "4"),
    faults: [
      "replay-parse-service: ballchasing.backoffFactor is lost, because the mounted ballchasing replaces the image's whole section",
    ],
  },
];

const files: readonly Doctored[] = [
  {
    what: "no configuration at all",
    name: "web",
    change: withoutFile("/app/clients/web/config/production.json"),
    faults: [
      "web: /app/clients/web/config/production.json is not mounted",
      "web: /app/clients/web/config/production.json lacks client.gqlUrl",
      "web: /app/clients/web/config/production.json lacks client.secure",
    ],
  },
  {
    what: "a configuration that is no document",
    name: "image-generation-service",
    change: withFile({ path: OVERLAY, source: "secret", content: { kind: "literal", value: "{}" } }),
    faults: [
      `image-generation-service: ${OVERLAY} is no JSON`,
      `image-generation-service: ${OPEN} lacks transport.url`,
    ],
  },
  {
    what: "a file that it does not read",
    name: "core",
    change: withFile(secret("/app/core/config/production.json")),
    faults: ["core: /app/core/config/production.json is mounted, which it does not read"],
  },
  {
    what: "a file that sets its environment",
    name: "core",
    change: withFile(secret("/app/.env")),
    faults: ["core: /app/.env is mounted, which it does not read"],
  },
  {
    what: "a missing secret",
    name: "server-analytics-service",
    change: withoutFile("/app/secret/influx-token"),
    faults: ["server-analytics-service: /app/secret/influx-token is not mounted"],
  },
  {
    what: "another application's name of a secret",
    name: "image-generation-frontend",
    change: withFile(secret("/app/secret/db-password.txt")),
    faults: ["image-generation-frontend: /app/secret/db-password.txt is mounted, which it does not read"],
  },
  {
    what: "a secret as a config",
    name: "discord-bot",
    change: withFile({ ...secret("/app/secret/bot-token.txt"), source: "config" }),
    faults: ["discord-bot: /app/secret/bot-token.txt is a config, which anybody may read"],
  },
  {
    what: "a line end after a secret that is taken as it is",
    name: "server-analytics-service",
    change: withFile(secret("/app/secret/influx-token", 'format("%s\\n", var.token)')),
    faults: ["server-analytics-service: /app/secret/influx-token is taken as it is, and should be a secret alone"],
  },
];

const variables: readonly Doctored[] = [
  {
    what: "a missing variable",
    name: "replay-parse-service",
    change: ({ environment: { ENV, ...environment } }) => ({ environment }),
    faults: [
      `replay-parse-service: ENV is undefined in place of production, by which it finds ${OPEN}`,
      "replay-parse-service: the environment variable ENV is missing",
    ],
  },
  {
    what: "a variable that leads to another file",
    name: "web",
    change: withVariables({ NODE_CONFIG_DIR: "/app/config" }),
    faults: [
      "web: NODE_CONFIG_DIR is /app/config in place of /app/clients/web/config, by which it finds /app/clients/web/config/production.json",
    ],
  },
  {
    what: "a surplus variable",
    name: "replay-parse-service",
    change: withVariables({ NODE_ENV: "production" }),
    faults: ["replay-parse-service: the environment variable NODE_ENV is set, which it does not read"],
  },
  {
    what: "a variable in place of a key",
    name: "core",
    change: withVariables({ POSTGRES_HOST: "postgres" }),
    faults: ["core: the environment variable POSTGRES_HOST overrides config:db.host"],
  },
  {
    what: "a secret in a variable",
    name: "core",
    change: withVariables({ JWT_SECRET: "x" }),
    faults: [
      "core: the environment variable JWT_SECRET is sensitive",
      "core: the environment variable JWT_SECRET overrides secretFile:/app/secret/jwtSecret.txt",
    ],
  },
  {
    what: "the back door for tests",
    name: "core",
    change: withVariables({ ENABLE_TEST_MODE: "false" }),
    faults: [
      "core: the environment variable ENABLE_TEST_MODE is set: value true lets any request with header x-test-mode: true act as an admin; must never be set",
    ],
  },
];

const containers: readonly Doctored[] = [
  {
    what: "another program",
    name: "replay-parse-service",
    change: () => ({ args: ["0", "./start.sh"] }),
    faults: ["replay-parse-service: it runs ./start.sh in place of python -m celery -A main worker --loglevel=INFO"],
  },
  {
    what: "a program that is the first process itself",
    name: "web",
    change: ({ args: [, ...program] }) => ({ command: program, args: [] }),
    faults: [
      "web: it runs behind node /app/clients/web/build/index.js",
      "web: it goes on serving for undefined seconds",
      "web: it runs  in place of node /app/clients/web/build/index.js",
    ],
  },
  {
    what: "another folder",
    name: "replay-parse-service",
    change: () => ({ directory: undefined }),
    faults: ["replay-parse-service: it runs in undefined in place of /app/src"],
  },
  {
    what: "another health check",
    name: "image-generation-service",
    change: ({ healthCheck }) => ({ healthCheck: { ...healthCheck, test: ["CMD", "true"] } }),
    faults: [
      "image-generation-service: its health check is CMD true in place of CMD-SHELL grep -q ':1628 01 ' /proc/net/tcp /proc/net/tcp6",
    ],
  },
  {
    what: "a health check that does not know its number",
    name: "core",
    change: ({ environment: { SPROCKET_TASK_SLOT, ...environment } }) => ({ environment }),
    faults: [
      "core: the environment variable SPROCKET_TASK_SLOT is not the container's number, which its health check takes it for",
    ],
  },
  {
    what: "a health check with less time",
    name: "web",
    change: ({ healthCheck }) => ({ healthCheck: { ...healthCheck, startPeriod: "29s", timeout: "3s" } }),
    faults: ["web: it may take 29s to start in place of 30s", "web: its health check may take 3s in place of 5s"],
  },
  {
    what: "two of one that must be alone",
    name: "submission-service",
    change: () => ({ orders: ["start-first", "stop-first"], replicas: 2 }),
    faults: [
      "submission-service: it rolls start-first in place of stop-first",
      "submission-service: there are 2 of it, and at most 1 are safe",
    ],
  },
  {
    what: "none of it",
    name: "web",
    change: () => ({ replicas: 0 }),
    faults: ["web: none of it would ever run"],
  },
  {
    what: "a folder that it cannot write",
    name: "replay-parse-service",
    change: () => ({ writable: ["/var/tmp"] }),
    faults: ["replay-parse-service: it cannot write /tmp"],
  },
  {
    what: "a folder upon a file that it needs",
    name: "image-generation-service",
    change: () => ({ writable: ["/tmp", "/app/fonts"], hidden: ["/tmp", "/app/fonts"] }),
    faults: ["image-generation-service: something lies upon /app/fonts/fonts.conf, which it needs of its image"],
  },
  {
    what: "a network too few",
    name: "submission-service",
    change: () => ({ networks: ["rabbitmq", "redis"] }),
    faults: ["submission-service: it reaches no s3, being on none of ingressPublic, ingressOperators, egress"],
  },
  {
    what: "a network too many",
    name: "notification-service",
    change: ({ networks }) => ({ networks: [...networks, "postgres", "egress"] }),
    faults: [
      "notification-service: it is on postgres, where it needs nothing",
      "notification-service: it is on egress, where it needs nothing",
    ],
  },
  {
    what: "another port",
    name: "core",
    change: () => ({ routedPorts: [3000] }),
    faults: ["core: Traefik calls its ports [3000], and it listens on [3001]"],
  },
  {
    what: "a route to what listens on nothing",
    name: "discord-bot",
    change: () => ({ routedPorts: [3000] }),
    faults: ["discord-bot: Traefik calls its ports [3000], and it listens on []"],
  },
  {
    what: "a name that nobody knows",
    name: "web",
    change: () => ({ name: "pages" }),
    faults: ["web: nothing runs it", "pages: the contract does not know it"],
  },
];

const shared: readonly Doctored[] = [
  {
    what: "a queue of its own name",
    name: "submission-service",
    change: withKey("transport/celery-queue", '"celery"'),
    faults: ["submission-service: transport.celery-queue is celery, and that of core is production-celery"],
  },
  {
    what: "another bucket",
    name: "replay-parse-service",
    change: withKey("minio/bucket", '"images"'),
    faults: [
      "replay-parse-service: the bucket replays is images, and that of core is digitalocean-spaces-bucket-spaces-replays-name",
    ],
  },
  {
    what: "another broker",
    name: "discord-bot",
    change: withKey("transport/url", '"amqp://a:b@rabbitmq:5672/other?heartbeat=60"', OVERLAY),
    faults: [
      "discord-bot: the broker of transport.url is amqp://rabbitmq:5672/other, and that of server-analytics-service is amqp://sprocket-production-rabbitmq:5672/sprocket",
    ],
  },
  {
    what: "another Redis in the parser's URL",
    name: "replay-parse-service",
    change: withKey("celery/backend", '"redis://:a@redis:6380/0"'),
    faults: [
      "replay-parse-service: redis.host is redis, and that of core is sprocket-production-redis",
      "replay-parse-service: redis.port is 6380, and that of core is 6379",
    ],
  },
  {
    what: "the event queues of another",
    name: "notification-service",
    change: withKey("transport/events_application_key", '"bot"'),
    faults: ["notification-service: transport.events_application_key is bot, which is that of discord-bot"],
  },
];

test.each([...keys, ...files, ...variables, ...containers, ...shared])("$name with $what is found", (doctored) => {
  expect(faultsWith(doctored.name, doctored.change)).toEqual(doctored.faults);
});

test("one that is not there is found", () => {
  const applications = production.applications.filter(({ name }) => name !== "web");
  expect(contractFaults(contract, { ...production, applications })).toEqual(["web: nothing runs it"]);
});

test("object storage on the environment's own machine is reached by Traefik", () => {
  expect(faultsWith("submission-service", () => ({ networks: ["rabbitmq", "redis", "egress"] }), lan)).toEqual([
    "submission-service: it reaches no s3, being on none of ingressPublic, ingressOperators",
    "submission-service: it is on egress, where it needs nothing",
  ]);
});

describe("of the migrations", () => {
  const faultsOf = (change: Change<Container>) =>
    contractFaults(contract, {
      ...production,
      migrations: production.migrations && { ...production.migrations, ...change(production.migrations) },
    });

  test.each<{ readonly what: string; readonly change: Change<Container>; readonly faults: readonly string[] }>([
    {
      what: "another image than the API's",
      change: () => ({ image: "core:1" }),
      faults: ["migrations: they are those of core:1, and the API is docker.io/asaxplayinghorse/core:main"],
    },
    {
      what: "another command",
      change: ({ args: [script = ""] }) => ({ args: [script.replace("migration:run", "migration:show")] }),
      faults: ["migrations: nothing runs npm run migration:run --workspace=core in /app"],
    },
    {
      what: "a read-only root",
      change: () => ({ writable: ["/tmp"] }),
      faults: ["migrations: what they compile is written beside the source, which is read-only"],
    },
    {
      what: "the API's path of the password",
      change: ({ files: all }) => ({
        files: all.map((file) => (file.source === "secret" ? { ...file, path: "/app/secret/db-password.txt" } : file)),
      }),
      faults: ["migrations: /app/core/secret/db-password.txt is not mounted"],
    },
    {
      what: "the API's names of variables",
      change: ({ environment: { DB_HOST = "", ...environment } }) => ({
        environment: { ...environment, POSTGRES_HOST: DB_HOST },
      }),
      faults: [
        "migrations: DB_HOST is undefined, and the API's db.host is postgres",
        "migrations: the environment variable POSTGRES_HOST is set, which nothing reads",
      ],
    },
    {
      what: "another database",
      change: ({ environment }) => ({ environment: { ...environment, DB_DATABASE: "grafana" } }),
      faults: ["migrations: DB_DATABASE is grafana, and the API's db.database is sprocket"],
    },
    {
      what: "the password in a variable",
      change: ({ environment }) => ({ environment: { ...environment, DB_PASSWORD: "x" } }),
      faults: ["migrations: the environment variable DB_PASSWORD is sensitive"],
    },
  ])("$what is found", ({ change, faults }) => {
    expect(faultsOf(change)).toEqual(faults);
  });

  test("none at all is found", () => {
    expect(contractFaults(contract, { ...production, migrations: undefined })).toEqual([
      "migrations: nothing runs them",
    ]);
  });
});

test("new words in the contract are noticed", () => {
  const mustBeEqualAcrossServices = ["redis.prefix", "bot.prefix"];
  expect(contractFaults({ ...contract, mustBeEqualAcrossServices }, production)).toEqual([
    "nobody knows how to compare bot.prefix",
  ]);
});
