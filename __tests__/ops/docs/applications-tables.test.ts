import { APPLICATION_NAMES } from "../../../config/applications";
import { applicationsTables, replicasTables } from "../../../ops/docs/applications-tables";

const tables = { ...applicationsTables(), ...replicasTables() };

const cellsOf = (name: string, application: string) =>
  (tables[name] ?? "")
    .split("\n")
    .map((line) => line.slice(2, -2).split(" | "))
    .find(([first]) => first === `\`${application}\``)
    ?.slice(1);

test.each(["services", "reach", "life", "health", "replicas"])("the table of %s has every application", (table) => {
  expect(APPLICATION_NAMES.filter((name) => cellsOf(table, name) === undefined)).toEqual([]);
});

test("an application is told where it is, and which tag it has", () => {
  expect(cellsOf("services", "replay-parse-service")).toEqual([
    "`docker_service.replay_parser`",
    "`<prefix>-replay-parser`",
    "`docker.io/asaxplayinghorse/replay-parse-service`",
    "`production`, `lan`, `local`: `main`<br>`staging`: `staging`",
  ]);
});

test("a route has its host in each environment", () => {
  expect(cellsOf("routes", "image-generation-frontend")).toEqual([
    "operators",
    "`image-generation.sprocket.example.org`",
    "`image-generation.sprocket-staging.example.org`",
    "`image-generation.192-168-1-20.sslip.io`",
    "`image-generation.localhost`",
  ]);
  expect(cellsOf("routes", "discord-bot")).toBeUndefined();
});

test("networks are told apart where the environments' differ", () => {
  expect(cellsOf("reach", "submission-service")?.[0]).toBe(
    "`production`, `staging`: `rabbitmq`, `redis`, `egress`<br>`lan`, `local`: `ingress-public`, `rabbitmq`, `redis`",
  );
  expect(cellsOf("reach", "web")).toEqual(["`ingress-public`", "`chatwoot/hmac-key`"]);
});

test("an application is told how many containers it has, and how one replaces another", () => {
  const [processors, memory, containers, update] = cellsOf("life", "core") ?? [];

  expect({ processors, memory, containers, update }).toEqual({
    processors: "1",
    memory: "512 MiB",
    containers: "`production`: 2<br>`staging`, `lan`, `local`: 1",
    update: "the new container starts first",
  });
  expect(cellsOf("life", "discord-bot")?.slice(2, 4)).toEqual([
    "1, or none while it is off",
    "the old container ends first",
  ]);
});

test("an application is told how long its start and its end take", () => {
  const [start, drain, end, restart] = cellsOf("life", "discord-bot")?.slice(4) ?? [];

  expect({ start, drain, restart }).toEqual({ start: "1 min 30 s", drain: "–", restart: "1 min" });
  expect(end).toMatch(/^\d+ s$/);
  expect(cellsOf("life", "web")?.[5]).toBe("4 s");
});

test("only what stays deaf is compared with the broker", () => {
  expect(APPLICATION_NAMES.filter((name) => cellsOf("health", name)?.at(-1) === "yes")).toEqual([
    "core",
    "discord-bot",
    "notification-service",
    "matchmaking-service",
    "submission-service",
  ]);
});

test("replicas are told for each environment, and whether there may be several", () => {
  expect(cellsOf("replicas", "web")).toEqual(["yes", "2", "1", "1", "1"]);
  expect(cellsOf("replicas", "matchmaking-service")).toEqual(["no", "1", "1", "1", "1"]);
});
