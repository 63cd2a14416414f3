import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { contradictions } from "../../config/contradictions";
import { selectEnvironments } from "../../config/environments";
import { environmentVariable, SECRETS } from "../../config/secrets/catalogue";
import { OPERATOR_SECRET_PATHS } from "../../config/secrets/operator-secrets";
import { configurationReference } from "../../ops/docs/configuration-reference";
import { prose, table } from "../../ops/docs/markdown";
import { generatedPages } from "../../ops/docs/pages";
import { secretsReference } from "../../ops/docs/secrets-reference";
import { settings } from "../../ops/docs/settings";
import { opsProgram } from "../../ops/program";

const ROOT = resolve(__dirname, "../..");

test.each(generatedPages(opsProgram()))("$path is as `npm run ops -- docs` writes it", ({ path, render }) => {
  const page = readFileSync(resolve(ROOT, path), "utf8");

  if (page !== render(page)) {
    throw new Error(`${path} is not what the code says any more; write it again: npm run ops -- docs`);
  }
});

describe("the settings", () => {
  const paths = settings().map(({ path }) => path);
  const named = settings()
    .filter(({ allowed }) => allowed.startsWith("by name: "))
    .map(({ path }) => path);

  test("have each path once", () => {
    expect(paths).toEqual([...new Set(paths)]);
  });

  test("hold what the environments say", () => {
    expect(selectEnvironments(undefined).flatMap((environment) => leaves(environment, named))).toEqual(
      expect.arrayContaining(["hosts.domain", "vaultSignIn.ci.repository", "rotations", "applications.replicas"]),
    );
    const unknown = selectEnvironments(undefined).flatMap((environment) =>
      leaves(environment, named).filter((path) => !paths.includes(path)),
    );
    expect(unknown).toEqual([]);
  });

  test.each([
    ["name", "lower-case letters, digits and hyphens, beginning with a letter; at most 20 characters", "required"],
    ["platform", '`"cloud"`, `"lan"`, `"laptop"`', "required"],
    ["hosts.kind", '`"localhost"`, `"domain"`, `"address"`', "required"],
    ["hosts.address", "IPv4 address", "required"],
    ["ports.http", "whole number from 1 to 65535", "required"],
    ["vaultSignIn", "the settings below", "`{}`"],
    ["vaultSignIn.ci", "the settings below", "none"],
    ["vaultSignIn.github.apiUrl", "URL", '`"https://api.github.com/"`'],
    ["loopbackSources", "list, each: range of IPv4 addresses", "`[]`"],
    ["rotations", "by name: whole number, 2 or more", "`{}`"],
    ["applications.replicas", "by name: whole number from 1 to 10", "`{}`"],
    ["applications.playground", "`true`, `false`", "`false`"],
    ["cloud", "the settings below", "none"],
    ["cloud.droplet", '`"s-4vcpu-8gb"`, `"s-8vcpu-16gb"`', "required"],
    ["cloud.managers", "`1`, `3`, `5`, `7`", "`1`"],
  ])("%s takes %s, and is otherwise %s", (path, allowed, otherwise) => {
    expect(settings()).toContainEqual(expect.objectContaining({ path, allowed, otherwise }));
  });

  test("of a kind say so", () => {
    expect(settings()).toContainEqual(
      expect.objectContaining({ path: "hosts.domain", description: expect.stringMatching(/^With kind `"domain"`\. /) }),
    );
  });
});

test("the configuration's page has every setting and every contradiction", () => {
  const page = configurationReference();

  expect(settings().filter(({ path }) => !page.includes(`| \`${path}\` |`))).toEqual([]);
  expect(contradictions.filter(({ message }) => !page.includes(prose(message)))).toEqual([]);
});

test("the configuration's page shows what an environment says by name", () => {
  expect(configurationReference()).toContain('| `applications.replicas` | `{"core":2,"web":2}` | `{}` | `{}` | `{}` |');
});

describe("the secrets' page", () => {
  const page = secretsReference();
  const rowOf = (path: string) => page.split("\n").find((line) => line.startsWith(`| \`${path}\` |`)) ?? "";

  test("has every secret", () => {
    expect(Object.keys(SECRETS).filter((path) => rowOf(path) === "")).toEqual([]);
    expect(OPERATOR_SECRET_PATHS.filter((path) => !rowOf(path).includes(environmentVariable(path)))).toEqual([]);
    expect(OPERATOR_SECRET_PATHS.filter((path) => !page.includes(`\n### ${path}\n`))).toEqual([]);
  });

  test.each([
    ["redis/password", "everywhere | everywhere |"],
    ["postgres/administrator-password", "everywhere | `lan`, `local` |"],
    ["object-storage/root-secret-access-key", "`lan`, `local` | `lan`, `local` |"],
    ["object-storage/core-access-key-id", "everywhere | nowhere |"],
    ["influxdb/administrator-token", "everywhere | no: InfluxDB keeps the one that it was set up with |"],
    ["influxdb/vault-secret-id", "everywhere | nowhere |"],
    ["discord/bot-token", "`production`, `staging`, `lan`; elsewhere a stand-in will do |"],
    ["aws/sse-customer-key", "`production`, `staging` |"],
  ])("says where %s is, and where a number rotates it", (path, end) => {
    expect(rowOf(path)).toMatch(new RegExp(`${end.replaceAll("|", "\\|")}$`));
  });
});

describe("Markdown", () => {
  test("shows what looks like a tag, and leaves code alone", () => {
    expect(prose("auth.<domain> & `<name>`")).toBe("auth.&lt;domain> &amp; `<name>`");
  });

  test("has tables with a cell for everything", () => {
    expect(table(["a", "b"], [["1", "x | y"]])).toBe("| a | b |\n| --- | --- |\n| 1 | x \\| y |");
  });
});

/** The paths of what an object holds, where what people name is no setting of its own. */
function leaves(value: object, named: readonly string[], parent = ""): readonly string[] {
  return Object.entries(value).flatMap(([name, part]) => {
    const path = parent === "" ? name : `${parent}.${name}`;
    const isSection = typeof part === "object" && !Array.isArray(part) && Object.keys(part).length > 0;
    return isSection && !named.includes(path) ? leaves(part, named, path) : [path];
  });
}
