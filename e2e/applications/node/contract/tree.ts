/** A JSON object. */
export type Tree = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object. */
export function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Both, the later one winning where both have a value. */
export function merged(earlier: Tree, later: Tree): Tree {
  const result: Record<string, unknown> = { ...earlier };
  for (const [key, value] of Object.entries(later)) {
    const former = result[key];
    result[key] = isTree(former) && isTree(value) ? merged(former, value) : value;
  }
  return result;
}

/** The value at a path such as `db.host`. */
export function at(tree: Tree, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (isTree(value) ? value[key] : undefined), tree);
}

/** The tree with a value at a path. */
export function withValue(tree: Tree, path: string, value: unknown): Tree {
  return merged(tree, path.split(".").reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Tree);
}

/** The paths of all values that are no objects themselves. */
export function leavesOf(tree: Tree): readonly string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    isTree(value) ? leavesOf(value).map((leaf) => `${key}.${leaf}`) : [key],
  );
}
