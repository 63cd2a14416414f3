import type { Command } from "commander";
import { rejectFaults } from "../config/faults";
import type { Environment } from "../config/schema";
import type { LayerName } from "../constructs/terraform/layer";
import type { LayerStack } from "../constructs/terraform/layer-stack";
import { Adoption } from "./adoption/adoption";
import { type Candidate, candidatesOf } from "./adoption/candidates";
import { type Import, importsIn } from "./adoption/imports";
import { type Judgement, judge } from "./adoption/judgement";
import { judgementText } from "./adoption/judgement-text";
import { agreed } from "./asking";
import { Declaration } from "./declaration/declaration";
import { unlessStopped } from "./deployment/interruption";
import { show, take } from "./deployment/steps";
import { type WorkProps, working } from "./deployment/working";
import { environmentArgument } from "./environment-argument";
import { examples } from "./help";
import { OperatorError } from "./operator-error";
import { requireCredentials } from "./terraform/credentials";
import { Workspace } from "./terraform/workspace";

const LAYER: LayerName = "foundation";
const ABOUT = `
Nothing is changed without --apply, and nothing is ever destroyed: where a plan would, the command says what for and ends
with 1. What can be taken over, and how to find the ids: docs/deployment/adopting-production.md.`;

interface Options {
  readonly ids: string;
  readonly apply?: boolean;
  readonly yes?: boolean;
}

/** `ops adopt`: has Terraform take over what somebody made by hand. */
export function addAdoptCommand(program: Command): void {
  program
    .command("adopt")
    .description("Has Terraform take over what exists in the cloud, or says what keeps it from that.")
    .addArgument(environmentArgument())
    .requiredOption("--ids <file>", "the ids of what exists, in TOML or JSON")
    .option("--apply", "take it over, after a question")
    .option("--yes", "do not ask")
    .addHelpText("after", ABOUT)
    .addHelpText(
      "after",
      examples(
        "npm run ops -- adopt production --ids ids.toml",
        "npm run ops -- adopt production --ids ids.toml --apply",
      ),
    )
    .action(async (environment: Environment, { ids, apply = false, yes = false }: Options) => {
      rejectFaults(
        "adopt",
        environment.platform === "cloud"
          ? []
          : [{ where: environment.name, message: "has nothing in a cloud; name an environment that has" }],
      );
      const { layers } = Declaration.of(environment);
      const stack = layers.find(({ layer }) => layer === LAYER) as LayerStack;
      const candidates = candidatesOf(stack);
      const imports = importsIn(ids, candidates);
      requireCredentials(stack, "everything");
      await working(environment, "adopt", async (props) => {
        const adoption = new Adoption(new Workspace(stack.node.id), props.signal);
        try {
          await takeOver(props, adoption, { imports, candidates, apply, yes });
        } finally {
          await adoption.clear();
        }
      });
    });
}

interface Wish {
  readonly imports: readonly Import[];
  readonly candidates: readonly Candidate[];
  readonly apply: boolean;
  readonly yes: boolean;
}

/**
 * @throws OperatorError where something would be destroyed, or nobody agreed
 */
async function takeOver(
  { work, signal }: WorkProps,
  adoption: Adoption,
  { imports, candidates, apply, yes }: Wish,
): Promise<void> {
  const { name } = work.environment;
  let judgement = judge({});
  await take([
    { title: "Write Terraform's configuration", task: () => unlessStopped(signal, work.synthesise()) },
    {
      title: "Find out what taking over would do",
      task: async (_, step) => {
        judgement = await adoption.plan(imports, (holder) => show(step, `waits for ${holder}`));
      },
    },
  ]);
  console.log(`\n${judgementText(judgement, candidates)}\n`);
  rejectDestruction(judgement);
  if (!apply) {
    console.log(
      `Nothing was changed, and nothing would be destroyed. To take over ${name}, run the same with --apply.`,
    );
    return;
  }
  const asking = { otherwise: "write --yes to go on without.", signal };
  if (!yes && !(await agreed(`Take over ${name} like this?`, asking))) {
    throw new OperatorError("Nothing was changed.");
  }
  await take([{ title: "Take over", task: () => adoption.apply() }]);
  console.log(`\n${name} is taken over. Terraform's state has the ids from now on; the file is not needed any more.`);
}

function rejectDestruction({ destroyed }: Judgement): void {
  if (destroyed.length > 0) {
    const addresses = destroyed.map(({ address }) => address).join(", ");
    throw new OperatorError(
      `Nothing was changed. ${addresses} cannot be taken over as the program declares it. There may be more, which is seen once this is mended.\n→ docs/deployment/adopting-production.md says what to do`,
    );
  }
}
