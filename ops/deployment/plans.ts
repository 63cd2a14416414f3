import type { Options, Plan, Workspace } from "../terraform/workspace";

/**
 * Plans of layers, made all at once. A plan is good as long as nothing changed in the layers below; afterwards the rest
 * is planned anew, each in its turn.
 */
export class Plans {
  private readonly outdated = new AbortController();
  private readonly early: ReadonlyMap<Workspace, Promise<Plan | Error>>;

  /**
   * @param workspaces the layers, the lowest first
   */
  constructor(
    workspaces: readonly Workspace[],
    private readonly options: Options,
  ) {
    const signal = AbortSignal.any([options.signal, this.outdated.signal]);
    // Of a layer whose turn never comes nobody wants to know why it could not be planned.
    this.early = new Map(
      workspaces.map((workspace) => [workspace, workspace.plan({ ...options, signal }).catch((error: Error) => error)]),
    );
  }

  /**
   * The plan of a layer whose turn it is.
   *
   * @throws Error when it could not be made
   */
  async of(workspace: Workspace): Promise<Plan> {
    const plan = await this.early.get(workspace);
    if (this.outdated.signal.aborted || plan === undefined) {
      return workspace.plan(this.options);
    }
    if (plan instanceof Error) {
      throw plan;
    }
    return plan;
  }

  /** Says that a layer is about to change. */
  outdate(): void {
    this.outdated.abort();
  }

  /** Deletes what is left of them, once nobody works on one any more. */
  async forget(): Promise<void> {
    this.outdate();
    await Promise.all([...this.early].map(([workspace, plan]) => plan.then(() => workspace.forgetPlan())));
  }
}
