import { terraformProgram } from "../diagnosis/terraform";
import { type Ended, runProgram } from "../run-program";
import type { CommandLine } from "./command-line";

const LONGEST_SECONDS = 60;
/** Terraform's own words. */
const HIDDEN = "(sensitive value)";

type Outputs = Readonly<Record<string, { readonly sensitive: boolean; readonly value: unknown }>>;

/** Whether `terraform output` would print a value as it is, which it does for a single output and for programs. */
export function printsValues(line: CommandLine): boolean {
  return line.is("output") && (line.words.length > 1 || line.has("json") || line.has("raw"));
}

/** What may be shown of what `terraform output` would print. */
export type JudgedOutput =
  /** It is a secret. */
  | { readonly kind: "secret" }
  /** Nothing is wrong with it. */
  | { readonly kind: "harmless" }
  /** This in its place. */
  | { readonly kind: "instead"; readonly ended: Ended };

/**
 * Looks which outputs are secret, by what Terraform itself says of them.
 *
 * @param folder the stack's
 */
export async function judgedOutput(line: CommandLine, folder: string): Promise<JudgedOutput> {
  const ended = await runProgram(terraformProgram(), ["output", "-json"], { seconds: LONGEST_SECONDS, folder });
  const [, name] = line.words;
  if (ended.exitCode !== 0) {
    return { kind: "instead", ended: { ...ended, stdout: "" } };
  }
  const outputs = JSON.parse(ended.stdout) as Outputs;
  if (name === undefined) {
    return line.has("json")
      ? { kind: "instead", ended: { ...ended, stdout: `${JSON.stringify(hidden(outputs), null, 2)}\n` } }
      : { kind: "harmless" };
  }
  return { kind: outputs[name]?.sensitive ? "secret" : "harmless" };
}

function hidden(outputs: Outputs): Outputs {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, output]) => [name, output.sensitive ? { ...output, value: HIDDEN } : output]),
  );
}
