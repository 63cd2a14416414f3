/**
 * What a command of Terraform's needs to be there: `nothing` but its folder, `state`, or `everything` that the stack's
 * providers and variables take too.
 */
export type Need = "nothing" | "state" | "everything";

const WITHOUT_STATE = ["version", "fmt", "get"];
const WITH_STATE = [
  "init",
  "validate",
  "output",
  "show",
  "state",
  "graph",
  "providers",
  "modules",
  "workspace",
  "force-unlock",
  "taint",
  "untaint",
];
/** Commands about the state alone that lock it, as every one does that needs more. */
const LOCKING = ["taint", "untaint", "state mv", "state rm", "state push", "state replace-provider"];
/** Commands that make or delete a state, and do not lock the stack's own for it. */
const MAKING_OR_DELETING = ["workspace new", "workspace delete"];
/** Options with which Terraform copies the state to where the configuration says now. */
const COPYING = ["migrate-state", "force-copy"];
const ASKING_FOR_HELP = ["-help", "--help", "-h", "-version", "--version"];

/** What a person wrote for Terraform. */
export class CommandLine {
  /** The command and what it is about, such as `state show docker_service.api`, without options. */
  readonly words: readonly string[];

  constructor(readonly args: readonly string[]) {
    this.words = args.filter((arg) => !isOption(arg));
  }

  get need(): Need {
    const [command = ""] = this.words;
    if (WITHOUT_STATE.includes(command) || this.args.some((arg) => ASKING_FOR_HELP.includes(arg))) {
      return "nothing";
    }
    return WITH_STATE.includes(command) ? "state" : "everything";
  }

  /** Whether Terraform must have been started in the folder before. */
  get needsInit(): boolean {
    return this.need !== "nothing" && this.words[0] !== "init";
  }

  /** Whether Terraform may write the state. */
  get writesState(): boolean {
    return (this.takesLock && !this.is("plan")) || this.makesOrDeletesState || this.copiesState;
  }

  /** Whether Terraform locks the state meanwhile. */
  get takesLock(): boolean {
    return this.need === "everything" || LOCKING.some((command) => this.is(...command.split(" ")));
  }

  private get makesOrDeletesState(): boolean {
    return (
      MAKING_OR_DELETING.some((command) => this.is(...command.split(" "))) ||
      (this.is("workspace", "select") && this.has("or-create"))
    );
  }

  private get copiesState(): boolean {
    return this.is("init") && COPYING.some((option) => this.has(option));
  }

  /** Whether it begins with these words. */
  is(...words: readonly string[]): boolean {
    return words.every((word, index) => this.words[index] === word);
  }

  /** Whether an option is given, with whatever value. Terraform takes one hyphen and two. */
  has(option: string): boolean {
    return this.args.some((arg) => isOption(arg) && arg.replace(/^--?/, "").split("=")[0] === option);
  }
}

function isOption(arg: string): boolean {
  return arg.startsWith("-");
}
