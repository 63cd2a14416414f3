import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TerraformFailure } from "../terraform/failure";
import { Workspace } from "../terraform/workspace";
import type { DescribedPlan } from "./described-plan";
import type { Import } from "./imports";
import { type Judgement, judge } from "./judgement";

const CONFIGURATION = "cdk.tf.json";

/**
 * Takes over what exists, in a folder of its own beside the stack's: what is in the stack's folder, everybody deploys.
 */
export class Adoption {
  private readonly workspace: Workspace;

  /**
   * @param stack the folder of the stack that takes over, which was synthesised
   */
  constructor(
    private readonly stack: Workspace,
    private readonly signal: AbortSignal,
  ) {
    this.workspace = adoptionOf(stack);
  }

  /**
   * Finds out what taking over would do. Nothing is changed.
   *
   * Terraform stops at what is protected and would be destroyed, so then there may be more of it.
   *
   * @param onLocked is told who else works on the state, which is waited for
   * @throws TerraformFailure where there is no plan to judge
   */
  async plan(imports: readonly Import[], onLocked?: (holder: string) => void): Promise<Judgement> {
    const { folder } = this.workspace;
    await this.clear();
    await mkdir(folder);
    await copyFile(join(this.stack.folder, CONFIGURATION), join(folder, CONFIGURATION));
    await writeFile(join(folder, "imports.tf.json"), JSON.stringify({ import: imports }));
    const { signal } = this;
    await this.workspace.init({ signal });
    const failure = await this.workspace.plan({ signal, onLocked }).then(
      () => undefined,
      (error: unknown) => error,
    );
    // Of what is protected from being destroyed Terraform says only that; its plan says why it would be.
    const judgement = judge(((await this.workspace.describePlan()) ?? {}) as DescribedPlan);
    if (failure !== undefined && !(failure instanceof TerraformFailure && judgement.destroyed.length > 0)) {
      throw failure;
    }
    return judgement;
  }

  /**
   * Does what the plan said.
   *
   * @throws TerraformFailure
   */
  async apply(): Promise<void> {
    await this.workspace.apply({ signal: this.signal });
  }

  /** Deletes the folder: plans hold secrets. */
  async clear(): Promise<void> {
    await forgetAdoption(this.stack);
  }
}

/** Deletes the folder in which a stack takes over what exists. There may be none. */
export async function forgetAdoption(stack: Workspace): Promise<void> {
  await rm(adoptionOf(stack).folder, { recursive: true, force: true });
}

function adoptionOf({ name }: Workspace): Workspace {
  return new Workspace(`${name}.adoption`);
}
