import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { RABBITMQ_USERS } from "../../config/data/rabbitmq";
import { Application } from "../../constructs/apps/application";
import { type DeployedService, deployedEnvironments, isMadeBy } from "../policies/deployed";
import { synthesiseEverything } from "../support/synthesis";
import { foundKeys } from "./configuration-faults";
import { contract } from "./contract";
import { deployedApplications } from "./deployed-application";
import { secondsIn } from "./seconds";
import { textOf } from "./values";

// What the applications' source makes necessary, and no field of the contract says in so many words. The numbers are
// those of docs/reference/application-traps.md.

let services: readonly { readonly environment: string; readonly name: string; readonly service: DeployedService }[];
/** The values of a key by the applications that have it, as `environment application: value`. */
let valuesOf: (path: string) => readonly string[];
beforeAll(() => {
  const synthesis = synthesiseEverything();
  services = deployedEnvironments(synthesis).flatMap(({ environment, services: all }) =>
    all
      .filter((service) => isMadeBy(service, Application))
      .map((service) => ({
        environment: environment.name,
        name: service.owners.find((owner) => owner instanceof Application)?.applicationName ?? "",
        service,
      })),
  );
  valuesOf = (path) =>
    deployedApplications(synthesis).flatMap(({ applications }) =>
      applications.flatMap((application) => {
        const contracted = contract.services[application.name];
        const keys = contracted === undefined ? [] : foundKeys(contract, contracted, application);
        return keys.filter((key) => key.path === path).map(({ value }) => `${application.name}: ${textOf(value)}`);
      }),
    );
});

const everywhere = (...lines: readonly string[]) => ["production", "staging", "lan", "local"].flatMap(() => lines);

test("3: the key of an application's event queues never changes", () => {
  const keys = Object.entries(RABBITMQ_USERS).map(([name, user]) => [
    name,
    "eventKey" in user ? user.eventKey : undefined,
  ]);
  expect(Object.fromEntries(keys.filter(([, key]) => key !== undefined))).toEqual({
    core: "core",
    "discord-bot": "bot",
    "notification-service": "notification",
    "matchmaking-service": "matchmaking",
  });
  expect(valuesOf("transport.events_application_key").filter((line) => line.startsWith("submission"))).toEqual([]);
});

test("12: the database is called `postgres`, the one name with which the API does without TLS", () => {
  expect(valuesOf("db.host")).toEqual(everywhere("core: postgres"));
  expect(valuesOf("knex.host")).toEqual(everywhere("image-generation-frontend: postgres"));
});

test("19: the parser may end what it parses", () => {
  const parsers = services.filter(({ name }) => name === "replay-parse-service");
  const periods = parsers.map(({ service }) => service.json.task_spec.container_spec.stop_grace_period);
  expect(periods.map(secondsIn).every((seconds) => seconds >= 180)).toBe(true);
});

test("21: the bot waits a minute before it signs in again", () => {
  const bots = services.filter(({ name }) => name === "discord-bot");
  expect(bots.map(({ service }) => secondsIn(service.json.task_spec.restart_policy.delay))).toEqual(
    everywhere("").map(() => 60),
  );
});

test("22: whatever ends is started anew, as often as it ends", () => {
  const policies = services.map(({ service }) => service.json.task_spec.restart_policy);
  expect(policies.filter(({ condition, max_attempts }) => condition !== "any" || max_attempts !== 0)).toEqual([]);
  expect(policies).not.toHaveLength(0);
});

describe("the page of the traps", () => {
  const root = resolve(__dirname, "../..");
  const page = readFileSync(resolve(root, "docs/reference/application-traps.md"), "utf8");

  test("has each of them once, with what is done about it", () => {
    const rows = [...page.matchAll(/^\| (\d+) \| .+ \| .*\*\*(?:Built so|Tested|To do):\*\*.+ \|$/gm)];
    expect(rows.map(([, number]) => Number(number))).toEqual(Array.from({ length: 27 }, (_, index) => index + 1));
  });

  test("names files that there are", () => {
    const paths = [...page.matchAll(/`((?:config|constructs|contract|e2e|stacks|__tests__)\/[^`]+)`/g)];
    const files = paths.map(([, path = ""]) => path.replace(/^contract\//, "__tests__/contract/"));
    expect(files.filter((file) => !existsSync(resolve(root, file)))).toEqual([]);
    expect(files.length).toBeGreaterThan(27);
  });
});
