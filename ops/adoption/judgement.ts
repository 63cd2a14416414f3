import { type AttributeChange, changedAttributes, forcingAttributes } from "./attributes";
import type { DescribedChange, DescribedPlan } from "./described-plan";

/** What would be done to a resource. */
export interface JudgedChange {
  readonly address: string;
  readonly type: string;
  /** What changes of it; of one that would be destroyed, what for. */
  readonly attributes: readonly AttributeChange[];
  /** Terraform's own word for why it does this, where it has one. */
  readonly reason: string | undefined;
}

/** What a plan comes to that is to take over what exists. */
export interface Judgement {
  /** Taken over as it is. */
  readonly adopted: readonly JudgedChange[];
  /** Taken over, or already, and changed where it is. */
  readonly changed: readonly JudgedChange[];
  readonly made: readonly JudgedChange[];
  /** Destroyed, whether something takes its place or not. Nothing may be. */
  readonly destroyed: readonly JudgedChange[];
}

/** Judges a plan. */
export function judge({ resource_changes = [] }: DescribedPlan): Judgement {
  const changes = resource_changes.filter(({ mode }) => mode === "managed");
  const which = (wanted: (change: DescribedChange) => boolean, attributes: typeof changedAttributes) =>
    changes.filter(wanted).map((change) => ({
      address: change.address,
      type: change.type,
      attributes: attributes(change),
      reason: change.action_reason,
    }));
  const does =
    (...actions: readonly string[]) =>
    ({ change }: DescribedChange) =>
      change.actions.join() === actions.join();
  return {
    adopted: which((change) => does("no-op")(change) && change.change.importing !== undefined, changedAttributes),
    changed: which(does("update"), changedAttributes),
    made: which(does("create"), () => []),
    destroyed: which(({ change }) => change.actions.includes("delete"), forcingAttributes),
  };
}
