import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DeclaredProvider } from "../declaration/declaration";
import { type Ended, runProgram } from "../run-program";
import type { Finding } from "./finding";
import { terraformProgram } from "./terraform";

const SUBJECT = "Terraform's providers";
const LOCK = ".terraform.lock.hcl";
const LONGEST_SECONDS = 60;
const LONGEST_REASON = 300;

/** How long the question may take, in seconds: longer than Terraform may, so that its folder is deleted. */
export const PROVIDERS_SECONDS = LONGEST_SECONDS + 5;

/**
 * Has Terraform install the providers into a folder of their own, unless all stacks had them installed before.
 *
 * @param stackFolders where cdktf writes the stacks to
 */
export async function providerFindings(
  providers: () => Readonly<Record<string, DeclaredProvider>>,
  stackFolders: readonly string[],
): Promise<readonly Finding[]> {
  if (stackFolders.every((folder) => existsSync(join(folder, LOCK)))) {
    return [{ subject: SUBJECT, state: "ok", message: "an earlier deploy had them" }];
  }
  const required = providers();
  const folder = await mkdtemp(join(tmpdir(), "sprocket-providers-"));
  try {
    const stack = { terraform: { required_providers: required } };
    await writeFile(join(folder, "providers.tf.json"), JSON.stringify(stack));
    const args = ["init", "-backend=false", "-input=false", "-no-color"];
    return [
      providerFinding(
        await runProgram(terraformProgram(), args, { seconds: LONGEST_SECONDS, folder }),
        Object.keys(required),
      ),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether Terraform found the providers. */
export function providerFinding({ exitCode, stdout, stderr }: Ended, names: readonly string[]): Finding {
  return exitCode === 0
    ? { subject: SUBJECT, state: "ok", message: `${names.join(", ")} can be had` }
    : {
        subject: SUBJECT,
        state: "failed",
        message: `cannot be had: ${firstErrorOf(`${stdout}${stderr}`)}`,
        remedy: "give Terraform a way to registry.terraform.io, or a mirror in the file that TF_CLI_CONFIG_FILE names",
      };
}

/** The first error of Terraform's, which may be drawn with a box around it, on one line. */
export function firstErrorOf(output: string): string {
  const text = output.replaceAll(/[│╷╵]/g, " ").replaceAll(/\s+/g, " ").trim();
  const [error = text] = text.split(/(?=Error: )/).filter((part) => part.startsWith("Error: "));
  return error.length > LONGEST_REASON ? `${error.slice(0, LONGEST_REASON)}…` : error.trim();
}
