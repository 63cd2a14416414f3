import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { NODE_APPLICATIONS, type NodeApplicationName } from "../../../../../e2e/applications/node/applications";
import { faultsOf } from "../../../../../e2e/applications/node/contract/check";
import { mainFileOf } from "../../../../../e2e/applications/node/contract/configuration";
import type { ApplicationContract, Contract } from "../../../../../e2e/applications/node/contract/contract";
import { Surroundings } from "../../../../../e2e/applications/node/contract/surroundings";
import { type Tree, withValue } from "../../../../../e2e/applications/node/contract/tree";

const { services } = JSON.parse(
  readFileSync(join(__dirname, "..", "..", "..", "..", "data", "app-contract.json"), "utf8"),
) as Contract;
const NAMES = Object.keys(NODE_APPLICATIONS) as NodeApplicationName[];
const SAMPLES: Readonly<Record<string, unknown>> = {
  number: 1,
  boolean: true,
  "array<string>": ["error"],
  "number(seconds)|string": 3600,
};

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sprocket-contract-"));
});
afterEach(() => rmSync(root, { recursive: true }));

describe("the check of what an application was given", () => {
  test.each(NAMES)("finds nothing where %s has all that it requires", (name) => {
    expect(faults(name)).toEqual([]);
  });

  test.each(NAMES)("names each key, file and variable that %s lacks", (name) => {
    const contract = contractOf(name);
    const required = [
      ...mainFileOf(contract).keys.filter((key) => key.required),
      ...contract.secretFiles.filter((secret) => secret.required),
    ].map(({ path }) => path);
    const variables = contract.env.filter((variable) => variable.required).map((variable) => variable.name);
    expect(faults(name, { configuration: {}, secrets: {}, environment: {} })).toEqual(
      [...required, ...variables].map((what) => expect.stringContaining(what)),
    );
  });

  test("names a key of a wrong type and one that nobody reads", () => {
    const configuration = withValue(withValue(rightConfiguration("core"), "db.port", "5432"), "db.hots", "x");
    expect(faults("core", { configuration })).toEqual([
      "/app/config/production.json: db.port is of type string instead of number",
      "/app/config/production.json: db.hots is not read by the application",
    ]);
  });

  test("finds what the overlay has, and what it should not have", () => {
    write("/app/config/local-production.json", JSON.stringify({ transport: { url: 7, uri: "x" } }));
    expect(faults("matchmaking-service")).toEqual([
      "/app/config/production.json: transport.url is of type number instead of string(url)",
      "/app/config/local-production.json: transport.uri is not read by the application",
    ]);
  });

  test("names files that nobody reads", () => {
    write("/app/secret/epic-client.txt", "x");
    write("/app/config/local.json", "{}");
    write("/app/.env", "");
    expect(faults("core")).toEqual([
      "/app/config/local.json should not be there",
      "/app/.env should not be there",
      "/app/secret/epic-client.txt is not read by the application",
    ]);
  });

  test("names a file that is not JSON", () => {
    expect(faults("core", { text: "{" })).toEqual([expect.stringContaining("/app/config/production.json is not JSON")]);
  });

  test("names an empty secret", () => {
    expect(faults("core", { secrets: { ...rightSecrets("core"), "/app/secret/jwtSecret.txt": "\n" } })).toEqual([
      "/app/secret/jwtSecret.txt is empty",
    ]);
  });

  test("names a secret with a line's end that would be sent", () => {
    expect(faults("server-analytics-service", { secrets: { "/app/secret/influx-token": "x\n" } })).toEqual([
      expect.stringContaining("/app/secret/influx-token begins or ends with white space"),
    ]);
  });

  test("names variables that hold secrets, that must not be there, or that lead elsewhere", () => {
    const environment = { NODE_ENV: "development", TRANSPORT_URL: "amqp://x", ENABLE_TEST_MODE: "true" };
    expect(faults("core", { environment })).toEqual([
      "NODE_ENV is development; it must be production",
      "TRANSPORT_URL is set; it must not be",
      "ENABLE_TEST_MODE is set; it must not be",
    ]);
  });
});

interface Gifts {
  readonly configuration?: Tree;
  /** What the main configuration file says. @default - the configuration */
  readonly text?: string;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

function faults(name: NodeApplicationName, gifts: Gifts = {}): readonly string[] {
  const contract = contractOf(name);
  const { configuration = rightConfiguration(name), secrets = rightSecrets(name) } = gifts;
  write(mainFileOf(contract).path, gifts.text ?? JSON.stringify(configuration));
  for (const { path, required } of contract.configFiles.filter(({ bakedIntoImage }) => bakedIntoImage)) {
    if (required) {
      write(path, "{}");
    }
  }
  for (const [path, content] of Object.entries(secrets)) {
    write(path, content);
  }
  const environment = gifts.environment ?? rightEnvironment(contract);
  return faultsOf(contract, new Surroundings(environment, root)).map(({ text }) => text);
}

function contractOf(name: NodeApplicationName): ApplicationContract {
  const contract = services[name];
  if (contract === undefined) {
    throw new Error(`the contract knows no ${name}`);
  }
  return contract;
}

function rightConfiguration(name: NodeApplicationName): Tree {
  return mainFileOf(contractOf(name))
    .keys.filter(({ required }) => required)
    .reduce<Tree>((tree, { path, type }) => withValue(tree, path, SAMPLES[type] ?? "http://somewhere"), {});
}

function rightSecrets(name: NodeApplicationName): Record<string, string> {
  const required = contractOf(name).secretFiles.filter((secret) => secret.required);
  return Object.fromEntries(required.map(({ path, trimmed }) => [path, trimmed ? "secret\n" : "secret"]));
}

function rightEnvironment(contract: ApplicationContract): Record<string, string> {
  const values: Record<string, string> = {
    NODE_ENV: "production",
    NODE_CONFIG_DIR: dirname(mainFileOf(contract).path),
  };
  return Object.fromEntries(
    contract.env.filter(({ required }) => required).map(({ name }) => [name, values[name] ?? ""]),
  );
}

function write(path: string, content: string): void {
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}
