import { EloService } from "../../../constructs/apps/elo-service";
import { applicationStack } from "../../support/applications";
import { configsOf, secretsOf, storedValue } from "../../support/data";
import { labelsOf, serviceOf, smallService } from "../../support/services";
import { environmentNamed, synthesise } from "../../support/testing";

const { stack, backing } = applicationStack({ environment: environmentNamed("staging") });
new EloService(stack, "elo", { backing, dgraph: "dgraph.example.org:9080", after: [smallService(stack, "api")] });
const json = synthesise(stack);
const service = serviceOf(json, "elo");

test("is given what it was always given", () => {
  expect(service.task_spec.container_spec.env).toEqual({
    NODE_ENV: "production",
    REDIS_HOST: "redis.test",
    REDIS_PORT: 6379,
    REDIS_PREFIX: "staging",
    DGRAPH_DATABASE_URL: "dgraph.example.org:9080",
  });
  expect(configsOf(json, "elo")).toEqual({ "/app/config/production.json": "{}" });
  expect(secretsOf(json, "elo")).toEqual({
    "/app/secret/redis-password.txt": storedValue("redis/password"),
    "/app/secret/dgraph-api-key.txt": storedValue("elo/dgraph-api-key"),
  });
});

test("reaches Redis and the internet, alone, and says why nobody asks for its health", () => {
  expect(service.task_spec.networks_advanced).toEqual([{ name: "id-of-redis" }, { name: "id-of-egress" }]);
  expect(service).toMatchObject({ update_config: { order: "stop-first" }, depends_on: ["docker_service.api"] });
  expect(labelsOf(service)["sprocket.no-health-check"]).toContain("not public");
});
