import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { selectEnvironments } from "../../config/environments";
import { literal } from "../../constructs/terraform/literal";
import { filesIn, type Synthesis, synthesiseEverything, temporaryFolder } from "../support/synthesis";
import { addressesOf, type TerraformJson } from "../support/testing";

const ROOT = resolve(__dirname, "../..");
const environments = selectEnvironments(undefined).map(({ name }) => name);

let synthesis: Synthesis;
beforeAll(() => {
  synthesis = synthesiseEverything();
});

function stacksOf(environment: string) {
  return synthesis.stacks.filter(({ stack }) => stack.environment.name === environment);
}

/** The names of files that services get as they are, by what is in a stack's JSON for them. */
const files = new Map([
  ...Object.entries(filesIn(join(ROOT, "constructs")))
    .filter(([path]) => !path.endsWith(".ts"))
    .map(([path, text]) => [literal(text), `constructs/${path}`] as const),
  [literal(readFileSync(require.resolve("aws4fetch"), "utf8")), "aws4fetch"],
]);

/** The same without the texts of such files, where their changes are seen, and of dashboards, which have their own tests. */
function withoutFiles(json: TerraformJson): TerraformJson {
  return JSON.parse(JSON.stringify(json), (key, value) =>
    typeof value === "string" && /^grafana_dashboard_(?!provider$)/.test(key)
      ? "a dashboard"
      : (files.get(value) ?? value),
  );
}

describe.each(environments)("the stacks of %s", (environment) => {
  test("are what they were", () => {
    for (const { name, json } of stacksOf(environment)) {
      expect(withoutFiles(json)).toMatchSnapshot(name);
    }
  });

  test("have the addresses that they had", () => {
    for (const { name, json } of stacksOf(environment)) {
      expect(addressesOf(json)).toMatchSnapshot(name);
    }
  });

  test("begin with the environment's name, and hold something", () => {
    const stacks = stacksOf(environment);
    expect(stacks).not.toHaveLength(0);
    for (const { name, stack, json } of stacks) {
      expect(name).toBe(`${environment}-${stack.layer}`);
      expect(addressesOf(json).filter((address) => !address.startsWith("data."))).not.toHaveLength(0);
    }
  });
});

test("a layer that has nothing yet is not synthesised", () => {
  const written = Object.keys(synthesis.files).filter((path) => path.endsWith("/cdk.tf.json"));
  expect(written).toEqual(synthesis.stacks.map(({ name }) => `stacks/${name}/cdk.tf.json`).sort());
  expect(Object.keys(JSON.parse(synthesis.files["manifest.json"] ?? "").stacks).sort()).toEqual(
    synthesis.stacks.map(({ name }) => name).sort(),
  );
});

describe("as somebody else synthesises them, elsewhere and with another clock", () => {
  const somewhere = temporaryFolder();
  const outdir = join(somewhere, "out");

  beforeAll(() => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--import", pathToFileURL(require.resolve("tsx")).href, join(ROOT, "main.ts")],
      {
        cwd: somewhere,
        env: { PATH: process.env.PATH, HOME: somewhere, USER: "somebody", TZ: "Asia/Tokyo", CDKTF_OUTDIR: outdir },
        encoding: "utf8",
      },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
  afterAll(() => rmSync(somewhere, { recursive: true }));

  test("no file names a folder of the machine", () => {
    const folders = [ROOT, homedir(), process.cwd(), somewhere].filter((folder) => folder !== "/");
    const offences = Object.entries(filesIn(outdir)).flatMap(([path, text]) =>
      // A secret's path may have a part that begins like a folder's.
      folders
        .filter((folder) => new RegExp(`(?<![\\w-])${folder.replaceAll(/\W/g, "\\$&")}(?![\\w-])`).test(text))
        .map((folder) => `${path}: ${folder}`),
    );
    expect(offences).toEqual([]);
  });

  test("every file is the same", () => {
    expect(withoutTraces(filesIn(outdir))).toEqual(withoutTraces(synthesis.files));
  });
});

/** Where in the code a warning comes from is left out of the manifest by the program alone, which these tests are not. */
function withoutTraces({ "manifest.json": manifest = "", ...others }: Readonly<Record<string, string>>): object {
  return { ...others, manifest: JSON.parse(manifest, (key, value) => (key === "stacktrace" ? undefined : value)) };
}
