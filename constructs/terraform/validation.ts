import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { type Fault, rejectFaults } from "../../config/faults";

/** A rule on a construct's properties. */
export interface Rule {
  /** The property, as a person wrote it: `limits.memory`. */
  readonly where: string;
  /** Whether the rule is broken. */
  readonly broken: boolean;
  /** What was found, and what would be right. */
  readonly message: string;
}

/**
 * Throws when any rule is broken, naming the construct's path and every broken rule.
 *
 * Call it before the construct creates any child.
 *
 * @throws FaultsError
 */
export function validate(construct: IConstruct, rules: readonly Rule[]): void {
  const faults: Fault[] = rules.filter(({ broken }) => broken);
  rejectFaults(construct.node.path, faults);
}

/** Whether a value is known at synth, so that a rule can look at it. */
export function isKnown<T>(value: T | undefined): value is T {
  return value !== undefined && !Token.isUnresolved(value);
}

/** Whether a text is one reference, or one expression of Terraform's, and has nothing written out beside it. */
export function isReference(text: string): boolean {
  return /^\$\{TfToken\[[^\]]+\]\}$/.test(text);
}

/** Every value that occurs more than once. */
export function repeated<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
