import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { CommandLine } from "./command-line";

const OTHER_LAYERS = "data.terraform_remote_state.";
/** What a layer reads of another one is no secret to Terraform, whatever the other one said. */
const READS_OTHERS = "what it read of the layers below, passwords too";
/** What a plan begins with, which is a zip archive. A state is JSON. */
const ZIP = "PK";

/**
 * Why a command would print secrets, in words that go on after "it prints". Terraform hides most of them in what people
 * read, and none in what programs read.
 *
 * What single outputs are is judged by {@link judgedOutput}.
 *
 * @param readsOthers whether the stack reads the state of other layers
 * @param folder the stack's, in which Terraform is started
 * @returns undefined where it prints none
 */
export function disclosureOf(line: CommandLine, readsOthers: boolean, folder: string): string | undefined {
  if (line.is("state", "pull")) {
    return "the whole state, with every secret";
  }
  if (line.is("console")) {
    return "whatever it is asked for, secrets too";
  }
  if (line.is("show") && line.has("json")) {
    return "every value, the sensitive ones too";
  }
  if (line.is("show") && line.words.length === 1 && readsOthers) {
    return READS_OTHERS;
  }
  const [, path] = line.words;
  // Also where this stack reads no others: the file may be the state of one that does.
  if (line.is("show") && path !== undefined && !isPlan(resolve(folder, path))) {
    return "what is in that file, which is no plan: if it is a state, also what its stack read of the layers below";
  }
  if (line.is("state", "show") && line.words.some((word) => word.startsWith(OTHER_LAYERS))) {
    return READS_OTHERS;
  }
  if (line.is("output") && line.has("state")) {
    return "outputs of a state that this command does not know";
  }
  return undefined;
}

/** Whether a file is a plan. One that cannot be read is not taken for one. */
function isPlan(file: string): boolean {
  try {
    return readFileSync(file, "latin1").startsWith(ZIP);
  } catch {
    return false;
  }
}

/** Variables by which a person has Terraform log what it does, requests with their credentials included. */
export function isLogVariable(name: string): boolean {
  return name === "TF_LOG" || name.startsWith("TF_LOG_");
}
