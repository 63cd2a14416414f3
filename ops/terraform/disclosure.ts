import type { CommandLine } from "./command-line";

const OTHER_LAYERS = "data.terraform_remote_state.";
/** What a layer reads of another one is no secret to Terraform, whatever the other one said. */
const READS_OTHERS = "what it read of the layers below, passwords too";

/**
 * Why a command would print secrets, in words that go on after "it prints". Terraform hides most of them in what people
 * read, and none in what programs read.
 *
 * What single outputs are is judged by {@link judgedOutput}.
 *
 * @param readsOthers whether the stack reads the state of other layers
 * @returns undefined where it prints none
 */
export function disclosureOf(line: CommandLine, readsOthers: boolean): string | undefined {
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
  if (line.is("state", "show") && line.words.some((word) => word.startsWith(OTHER_LAYERS))) {
    return READS_OTHERS;
  }
  if (line.is("output") && line.has("state")) {
    return "outputs of a state that this command does not know";
  }
  return undefined;
}

/** Variables by which a person has Terraform log what it does, requests with their credentials included. */
export function isLogVariable(name: string): boolean {
  return name === "TF_LOG" || name.startsWith("TF_LOG_");
}
