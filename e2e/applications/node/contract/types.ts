/**
 * Whether a value has one of the contract's types, such as `number`, `string(url)` or `number(seconds)|string`. Words in
 * brackets say more of a type; those with a bar between them are all that a string may be.
 */
export function hasType(value: unknown, type: string): boolean {
  return alternatives(type).some((alternative) => {
    const [, name = "", detail = ""] = /^([^(]+)(?:\((.*)\))?$/.exec(alternative) ?? [];
    switch (name) {
      case "any":
        return true;
      case "array<string>":
        return Array.isArray(value) && value.every((item) => typeof item === "string");
      case "string":
        return typeof value === "string" && isOf(value, detail);
      default:
        return typeof value === name;
    }
  });
}

/** What a value is, said without the value: it may be a secret. */
export function typeOf(value: unknown): string {
  return Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
}

function alternatives(type: string): readonly string[] {
  return type.split(/\|(?![^(]*\))/);
}

function isOf(value: string, detail: string): boolean {
  if (detail === "url") {
    return URL.canParse(value);
  }
  return detail.includes("|") ? detail.split("|").includes(value) : true;
}
