import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { providerFinding, providerFindings } from "../../../ops/diagnosis/providers";
import { programsIn } from "../../support/programs";
import { temporaryFolder } from "../../support/synthesis";

const docker = { docker: { source: "kreuzwerker/docker", version: "3.9.0" } };
const folder = temporaryFolder();
const { PATH } = process.env;

afterAll(() => {
  process.env.PATH = PATH;
  rmSync(folder, { recursive: true });
});

test("providers that all stacks had before are not asked for", async () => {
  const stacks = ["first", "second"].map((name) => join(folder, name));
  for (const stack of stacks) {
    mkdirSync(stack);
    writeFileSync(join(stack, ".terraform.lock.hcl"), "");
  }
  const providers = () => {
    throw new Error("asked for");
  };

  expect(await providerFindings(providers, stacks)).toEqual([
    { subject: "Terraform's providers", state: "ok", message: "an earlier deploy had them" },
  ]);
});

test("Terraform is asked to install the providers into a folder of their own, which is deleted", async () => {
  process.env.PATH = programsIn(folder, {
    terraform: `echo "$@" >'${folder}/asked'; pwd >>'${folder}/asked'; cat providers.tf.json >>'${folder}/asked'`,
  });
  const findings = await providerFindings(() => docker, [folder]);
  const [args, where = "", stack = ""] = readFileSync(join(folder, "asked"), "utf8").split("\n");

  expect(findings).toEqual([{ subject: "Terraform's providers", state: "ok", message: "docker can be had" }]);
  expect(args).toBe("init -backend=false -input=false -no-color");
  expect(JSON.parse(stack)).toEqual({ terraform: { required_providers: docker } });
  expect(existsSync(where)).toBe(false);
});

test("providers that cannot be had have failed with the first of Terraform's errors", () => {
  const stderr = `╷
│ Error: Failed to query available provider packages
│
│ Could not connect to registry.terraform.io
╵
╷
│ Error: Another one
╵`;

  expect(providerFinding({ exitCode: 1, stdout: "Initializing provider plugins...\n", stderr }, ["docker"])).toEqual({
    subject: "Terraform's providers",
    state: "failed",
    message:
      "cannot be had: Error: Failed to query available provider packages Could not connect to registry.terraform.io",
    remedy: expect.stringContaining("TF_CLI_CONFIG_FILE"),
  });
});

test("what Terraform says without an error is not lost, and cut where it is long", () => {
  const said = (stderr: string) => providerFinding({ exitCode: 1, stdout: "", stderr }, []).message;

  expect(said("no such\ncommand")).toBe("cannot be had: no such command");
  expect(said(`Error: ${"x".repeat(400)}`)).toHaveLength("cannot be had: ".length + 301);
});
