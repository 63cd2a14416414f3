import type { Plan, Workspace } from "../terraform/workspace";

type OnLocked = (holder: string) => void;

/**
 * Plans of layers, made all at once. A plan is good as long as nothing changed in the layers below; afterwards the rest
 * is planned anew, each in its turn.
 */
export class Plans {
  private readonly outdated = new AbortController();
  private readonly listeners = new Map<Workspace, OnLocked>();
  private readonly early: ReadonlyMap<Workspace, Promise<Plan | Error>>;

  /**
   * @param workspaces the layers, the lowest first
   */
  constructor(
    workspaces: readonly Workspace[],
    private readonly signal: AbortSignal,
  ) {
    const either = AbortSignal.any([signal, this.outdated.signal]);
    // Of a layer whose turn never comes nobody wants to know why it could not be planned.
    this.early = new Map(workspaces.map((workspace) => [workspace, this.earlyPlan(workspace, either)]));
  }

  /**
   * The plan of a layer whose turn it is.
   *
   * @param onLocked is told who keeps it waiting
   * @throws Error when it could not be made
   */
  async of(workspace: Workspace, onLocked: OnLocked): Promise<Plan> {
    this.listeners.set(workspace, onLocked);
    const plan = await this.early.get(workspace);
    if (this.outdated.signal.aborted || plan === undefined) {
      return workspace.plan({ signal: this.signal, onLocked });
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

  /** Stops what is still being planned, and waits until nobody works on a plan any more. */
  async stop(): Promise<void> {
    this.outdate();
    await Promise.all(this.early.values());
  }

  private earlyPlan(workspace: Workspace, signal: AbortSignal): Promise<Plan | Error> {
    const onLocked = (holder: string) => this.listeners.get(workspace)?.(holder);
    return workspace.plan({ signal, onLocked }).catch((error: Error) => error);
  }
}
