const AGGREGATIONS = ["sum", "min", "max", "avg", "count"];
const WORDS = [...AGGREGATIONS, "by", "on", "ignoring", "and", "or", "unless"];

/** The metrics that an expression of PromQL asks for. */
export function metricsIn(expression: string): readonly string[] {
  const bare = expression
    .replaceAll(/"[^"]*"/g, "")
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, "")
    .replaceAll(/\b(by|on|ignoring) *\([^)]*\)/g, "");
  const names = bare.match(/(?<![\w.:])[a-zA-Z_][\w:]*(?! *\()(?![\w:])/g) ?? [];
  return names.filter((name) => !WORDS.includes(name));
}
