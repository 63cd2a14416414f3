import { isDeepStrictEqual } from "node:util";
import type { AttributePath, DescribedChange } from "./described-plan";

const LONGEST_VALUE = 60;

/** A value that changes, in words. */
export interface AttributeChange {
  /** Such as `region` or `rule.0.value`. */
  readonly name: string;
  readonly inWords: string;
}

/** What changes of a resource. */
export function changedAttributes({ change }: DescribedChange): readonly AttributeChange[] {
  const { before, after, after_unknown } = change;
  const names = [...new Set([before, after, after_unknown].flatMap((value) => Object.keys(value ?? {})))];
  return names
    .filter((name) => isMarked(at(after_unknown, [name])) || !isDeepStrictEqual(before?.[name], after?.[name]))
    .map((name) => describedAttribute(change, [name]));
}

/** What a resource would be destroyed for. */
export function forcingAttributes({ change }: DescribedChange): readonly AttributeChange[] {
  return (change.replace_paths ?? []).map((path) => describedAttribute(change, path));
}

function describedAttribute(change: DescribedChange["change"], path: AttributePath): AttributeChange {
  const isSecret = [change.before_sensitive, change.after_sensitive].some((marks) => isMarked(at(marks, path)));
  const isUnknown = isMarked(at(change.after_unknown, path));
  const before = inWords(at(change.before, path));
  const after = isUnknown ? "(known after apply)" : inWords(at(change.after, path));
  return { name: path.join("."), inWords: isSecret ? "(sensitive value)" : `${before} → ${after}` };
}

/** What is at a place; a mark that stands for all below it too. */
function at(value: unknown, path: AttributePath): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === "object" && inner !== null ? (inner as Record<string | number, unknown>)[step] : inner,
    value,
  );
}

/** Whether a mark, or any inside it, is set. */
function isMarked(mark: unknown): boolean {
  return typeof mark === "object" && mark !== null ? Object.values(mark).some(isMarked) : mark === true;
}

function inWords(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
