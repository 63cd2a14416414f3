import { type Ended, runProgram } from "../run-program";
import { reasonOf } from "./check";
import type { Finding } from "./finding";
import { inWords, isWithin } from "./versions";

const SUBJECT = "Terraform";
const VERSIONS = ">=1.11 <2";
const LONGEST_SECONDS = 9;
const REMEDY = `install Terraform ${inWords(VERSIONS)}, and put it on the PATH`;

/** Terraform as cdktf finds it. */
export function terraformProgram(): string {
  return process.env.TERRAFORM_BINARY_NAME ?? "terraform";
}

/**
 * Asks Terraform for its version.
 *
 * @throws Error when it starts, and does not say it
 */
export async function terraformFindings(): Promise<readonly Finding[]> {
  try {
    return [terraformFinding(await runProgram(terraformProgram(), ["version", "-json"], { seconds: LONGEST_SECONDS }))];
  } catch (error) {
    const neverStarted = (error as NodeJS.ErrnoException).syscall?.startsWith("spawn");
    if (!neverStarted) {
      throw error;
    }
    return [{ subject: SUBJECT, state: "failed", message: `cannot be run: ${reasonOf(error)}`, remedy: REMEDY }];
  }
}

/** Whether Terraform is of a version that the program was written for. */
export function terraformFinding({ stdout }: Pick<Ended, "stdout">): Finding {
  const { terraform_version: version } = JSON.parse(stdout) as { readonly terraform_version: string };
  return isWithin(version, VERSIONS)
    ? { subject: SUBJECT, state: "ok", message: version }
    : { subject: SUBJECT, state: "failed", message: `is ${version}`, remedy: REMEDY };
}
